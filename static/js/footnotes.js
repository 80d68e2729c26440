// A footnote comes to its number. Without JavaScript the number leads to the notes, and an arrow back.

const box = Object.assign(document.createElement("div"), { className: "note", popover: "auto", role: "dialog", tabIndex: -1, autofocus: true });

document.addEventListener("click", (event) => {
  const sign = event.target.closest("[role=doc-noteref]");
  if (!sign || !box.showPopover || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  box.setAttribute("aria-labelledby", `words-notes ${sign.id}`);
  box.replaceChildren(...document.querySelector(sign.hash).cloneNode(true).childNodes);
  box.lastElementChild.remove(); // the arrow
  sign.parentNode.after(box);
  box.showPopover();
});
