// What is personal on pages that are the same for everybody: the account menu, and the sign-in dialog.
// Without JavaScript the links lead to the plain pages.

async function showMenu(places) {
  const next = encodeURIComponent(location.pathname + location.search);
  const response = await fetch(`/accounts/menu/?next=${next}`);
  const html = await response.text();
  if (response.ok && !response.redirected) for (const place of places) place.innerHTML = html;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.account-menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.account-menu"));
  const link = event.target.closest("a[data-sign-in]");
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
  if (!link || elsewhere || document.getElementById("sign-in-title")) return;
  event.preventDefault();
  import(document.body.dataset.signInDialog).then(({ open }) => open(link)).catch(() => location.assign(link.href));
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.account-menu[open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

const places = document.querySelectorAll("[data-account]");
if (places.length && document.cookie.split("; ").includes("signed_in=1")) {
  // Otherwise the link stays.
  showMenu(places).catch(() => {});
}
