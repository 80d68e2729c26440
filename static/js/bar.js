// Masthead and bar slide away when reading on, and come back; drop-downs say whether they are open.

const sliding = document.querySelectorAll("[data-slides]");
const REACTION = 6; // pixels: less is a trembling thumb
let last = scrollY;

function slide() {
  if (Math.abs(scrollY - last) < REACTION) return;
  const away = scrollY > last && scrollY > innerHeight / 3;
  for (const element of sliding) element.classList.toggle("is-slid-away", away);
  last = scrollY;
}

addEventListener("scroll", slide, { passive: true });

function set(item, open) {
  item.classList.toggle("is-open", open);
  item.querySelector("button").setAttribute("aria-expanded", String(open));
}

for (const item of document.querySelectorAll("[data-drop]")) {
  const button = item.querySelector("button");
  button.hidden = false;
  button.addEventListener("click", () => {
    item.classList.remove("is-closed");
    set(item, !item.classList.contains("is-open"));
  });
  item.addEventListener("focusout", (event) => {
    if (!item.contains(event.relatedTarget)) set(item, false);
  });
  item.addEventListener("pointerleave", () => item.classList.remove("is-closed"));
}

// Escape puts away what hovering opened, too.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const item of document.querySelectorAll("[data-drop].is-open, [data-drop]:hover")) {
    const within = item.contains(document.activeElement);
    set(item, false);
    item.classList.add("is-closed");
    if (within) item.querySelector("button").focus();
  }
});
