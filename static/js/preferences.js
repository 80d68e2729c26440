// Before the page is drawn, so that no choice of the reader flashes in late. No module: those wait.
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");
  // The first screen comes first: other pictures stand aside (base.css) until it is painted, scripts until it is whole.
  const loaded = new Promise((done) => { addEventListener("load", done); });
  const told = globalThis.PerformanceObserver?.supportedEntryTypes?.includes("paint");
  const painted = told ? new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true })) : loaded;
  painted.then(() => root.classList.add("is-painted"));
  Promise.all([loaded, painted]).then(() => {
    document.head.append(document.querySelector("[data-later]")?.content ?? "");
  });
  const { consent } = root.dataset;
  let accepted;
  try {
    accepted = localStorage.getItem("consent-version");
    for (const name of ["text-size", "typeface", "theme"]) {
      const value = localStorage.getItem(name);
      if (value) root.setAttribute(`data-${name}`, value);
    }
  } catch {
    // Storage is closed to us: the page stays as it is.
  }
  if (consent && accepted !== consent) root.classList.add("asks-consent");
})();
