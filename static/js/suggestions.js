// What the archive has for the letters typed so far, in a list below the field. Loaded when the field is opened.

const PAUSE = 180; // milliseconds: nobody waits, and nobody who types on is asked for
const LEAST = 2; // letters

export function suggest(field) {
  const list = field.form.querySelector("[data-suggestions]");
  const told = field.form.querySelector("[data-told]");
  const chosen = () => list.querySelector("[aria-selected=true]");
  let pause;
  let request;

  function choose(option) {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  }

  function show(html) {
    list.innerHTML = html;
    list.hidden = !list.querySelector("[role=option]");
    field.setAttribute("aria-expanded", String(!list.hidden));
    field.removeAttribute("aria-activedescendant");
    told.textContent = list.querySelector("[data-count]")?.dataset.count ?? "";
  }

  async function ask() {
    request?.abort();
    const words = field.value.trim().toLowerCase();
    if (words.length < LEAST) return show("");
    request = new AbortController();
    const address = `${list.dataset.suggestions}?q=${encodeURIComponent(words)}`;
    const response = await fetch(address, { signal: request.signal });
    return show(response.ok ? await response.text() : "");
  }

  function step(by) {
    const options = [...list.querySelectorAll("[role=option]")];
    const places = options.length + 1; // the field itself is one of them
    const at = options.indexOf(chosen()) + 1;
    choose(options[((at + by + places) % places) - 1]);
  }

  // A search field may not be a combobox; a text field may.
  field.type = "text";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  show("");

  field.addEventListener("input", () => {
    clearTimeout(pause);
    request?.abort();
    // An answer that was given up, or never came, leaves the field as it is.
    pause = setTimeout(() => ask().catch(() => {}), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) step(by);
    else if (event.key === "Escape") show("");
    else if (event.key === "Enter" && chosen()) chosen().click();
    else return;
    event.preventDefault();
  });
  // Typed before this was loaded.
  if (field.value) field.dispatchEvent(new Event("input"));
}
