// The notice is shown until this version of its text was accepted. Remembered here, not in a cookie.

const notice = document.querySelector("[data-consent]");
const KEY = "consent-version";

function accepted() {
  try {
    return localStorage.getItem(KEY) === notice.dataset.consent;
  } catch {
    return false;
  }
}

function accept() {
  try {
    localStorage.setItem(KEY, notice.dataset.consent);
  } catch {
    // It will ask again on the next page.
  }
  notice.hidden = true;
}

if (notice && !accepted()) {
  notice.hidden = false;
  notice.querySelector("button").addEventListener("click", accept);
}
