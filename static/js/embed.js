// A film's player takes the place of its link when a reader asks for it.

for (const figure of document.querySelectorAll("figure.embed[data-embed-src]")) {
  const link = figure.querySelector("a");
  link?.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = figure.dataset.embedSrc;
    player.title = link.textContent;
    player.allow = "fullscreen; encrypted-media; picture-in-picture";
    player.allowFullscreen = true;
    link.replaceWith(player);
    player.focus();
  });
}
