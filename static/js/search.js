// The search field comes to the reader.

const overlay = document.querySelector("[data-search-overlay]");
const field = overlay?.querySelector("input[type=search]");
let helped;

if (overlay?.showModal) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-search-open]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    overlay.showModal();
    field.focus();
    // Without it the field searches all the same.
    helped ??= import(overlay.dataset.searchOverlay).then(({ suggest }) => suggest(field), () => {});
  });
  overlay.addEventListener("click", (event) => {
    if (event.target === overlay) overlay.close();
  });
}
