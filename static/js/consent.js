// The notice is shown until this version of its text was accepted (js/preferences.js). Remembered here, not in a cookie.

const root = document.documentElement;

document.querySelector(".consent__accept")?.addEventListener("click", () => {
  try {
    localStorage.setItem("consent-version", root.dataset.consent);
  } catch {
    // It will ask again on the next page.
  }
  root.classList.remove("asks-consent");
});
