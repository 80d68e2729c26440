// The device's own share sheet, and copying the link; both only where they work.

const SHOWN_FOR = 2500;

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = button.querySelector("span");
    const before = text.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      text.textContent = button.dataset.done;
    } catch {
      text.textContent = button.dataset.refused;
    }
    setTimeout(() => { text.textContent = before; }, SHOWN_FOR);
  });
}

for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    // Rejected when the reader closes the sheet: no fault.
    navigator.share({ url: button.dataset.share, title: button.dataset.shareTitle }).catch(() => {});
  });
}

for (const share of document.querySelectorAll("details.share")) {
  share.querySelector("summary").addEventListener("click", (event) => {
    // Under a thumb the device's own sheet is one tap away.
    const sheet = share.querySelector("[data-share]:not([hidden])");
    if (!sheet || !matchMedia("(pointer: coarse)").matches) return;
    event.preventDefault();
    sheet.click();
  });
  document.addEventListener("click", (event) => {
    if (!share.contains(event.target)) share.open = false;
  });
  share.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !share.open) return;
    share.open = false;
    share.querySelector("summary").focus();
  });
}
