// The sign-in dialog, fetched when somebody wants it.

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

/** Rejects where there is no dialog to open: the link leads to the plain page. */
export async function open(link) {
  const next = new URL(link.href).searchParams.get("next") || location.pathname + location.search;
  const response = await fetch(`/accounts/sign-in/?next=${encodeURIComponent(next)}`);
  if (!response.ok || response.redirected) throw new Error(`${response.url} answered ${response.status}`);
  const made = dialogFor(link);
  made.innerHTML = await response.text();
  document.body.append(made);
  made.showModal();
  made.querySelector("input:not([type=hidden])").focus();
}
