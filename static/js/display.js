// The reader's own text size, typeface and colours, kept for every page to come.

const root = document.documentElement;
const DEFAULTS = { "text-size": "1", typeface: "", theme: "" };

function keep(name, value) {
  try {
    if (value === DEFAULTS[name]) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    // It holds for this page then.
  }
}

function apply(group, value) {
  const name = group.dataset.choices;
  if (value === DEFAULTS[name]) root.removeAttribute(`data-${name}`);
  else root.setAttribute(`data-${name}`, value);
  for (const button of group.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button.value === value));
  }
}

for (const group of document.querySelectorAll("[data-choices]")) {
  const name = group.dataset.choices;
  apply(group, root.getAttribute(`data-${name}`) ?? DEFAULTS[name]);
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    apply(group, button.value);
    keep(name, button.value);
  });
}

if ("popover" in HTMLElement.prototype) {
  for (const opener of document.querySelectorAll("[data-display-open]")) opener.hidden = false;
}
