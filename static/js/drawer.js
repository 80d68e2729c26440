// The drawer closes with Escape, and when the focus or a tap leaves it.

const drawer = document.querySelector("[data-drawer]");

function close(giveBackFocus) {
  drawer.open = false;
  if (giveBackFocus) drawer.querySelector("summary").focus();
}

if (drawer) {
  drawer.addEventListener("toggle", () => {
    document.documentElement.classList.toggle("is-behind-drawer", drawer.open);
  });
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer.open) close(true);
  });
  drawer.addEventListener("focusout", (event) => {
    if (drawer.open && event.relatedTarget && !drawer.contains(event.relatedTarget)) close(false);
  });
  document.addEventListener("click", (event) => {
    if (drawer.open && !drawer.contains(event.target)) close(false);
  });
  // A widened window has the bar instead.
  matchMedia("(min-width: 64rem)").addEventListener("change", () => close(false));
}
