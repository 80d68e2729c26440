// The articles that js/worker.js has kept on this device, the last one read first.

const section = document.querySelector("[data-kept]");

if ("caches" in window) {
  const articles = await caches.open("articles");
  for (const request of (await articles.keys()).reverse()) {
    const copy = await articles.match(request, { ignoreVary: true });
    const headline = new DOMParser().parseFromString(await copy.text(), "text/html").querySelector("h1");
    const link = Object.assign(document.createElement("a"), { className: "kept__link", href: request.url });
    const item = Object.assign(document.createElement("li"), { className: "kept__item" });
    link.textContent = headline.textContent;
    link.lang = headline.closest("[lang]").lang;
    item.append(link);
    section.querySelector("ul").append(item);
    section.hidden = false;
  }
}
