// What is personal on pages that are the same for everybody: the account menu, and the sign-in dialog.
// Without JavaScript the links lead to the plain pages.

const MENU = "/accounts/menu/";
const SIGN_IN = "/accounts/sign-in/";

const here = () => location.pathname + location.search;

async function fragment(address, next) {
  const response = await fetch(`${address}?next=${encodeURIComponent(next)}`);
  if (!response.ok || response.redirected) throw new Error(`${address} answered ${response.status}`);
  return response.text();
}

async function showMenu(places) {
  const html = await fragment(MENU, here());
  for (const place of places) place.innerHTML = html;
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.account-menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

function dialogFor(link) {
  const made = document.createElement("dialog");
  made.className = "sign-in-dialog";
  made.setAttribute("aria-labelledby", "sign-in-title");
  // A click beside the form hits the dialog itself.
  made.addEventListener("click", (event) => { if (event.target === made) made.close(); });
  made.addEventListener("close", () => {
    made.remove();
    // The browser gives the focus back to the link, unless the drawer around it has closed meanwhile.
    if (link.checkVisibility?.() === false) link.closest("details")?.querySelector("summary").focus();
  });
  return made;
}

async function openSignIn(link) {
  const next = new URL(link.href).searchParams.get("next") || here();
  const html = await fragment(SIGN_IN, next);
  const made = dialogFor(link);
  made.innerHTML = html;
  document.body.append(made);
  made.showModal();
  made.querySelector("input:not([type=hidden])").focus();
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.account-menu"));
  const link = event.target.closest("a[data-sign-in]");
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
  if (!link || elsewhere || document.getElementById("sign-in-title")) return;
  event.preventDefault();
  openSignIn(link).catch(() => location.assign(link.href));
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
