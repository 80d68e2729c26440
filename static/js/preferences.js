// Before the page is drawn, so that no choice of the reader flashes in late. No module: those wait.
(() => {
  const root = document.documentElement;
  root.classList.add("has-js");
  for (const name of ["text-size", "typeface", "theme"]) {
    try {
      const value = localStorage.getItem(name);
      if (value) root.setAttribute(`data-${name}`, value);
    } catch {
      return; // storage is closed to us: the page stays as it is
    }
  }
})();
