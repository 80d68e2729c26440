// The pictures of a text in a row, each as large as the window. Without JavaScript a link opens its file.

const links = [...document.querySelectorAll("a[data-zoom]")];
const box = document.querySelector("[data-lightbox]");
const strip = box.querySelector("div");
const counter = box.querySelector("p");

const make = (name, attributes) => Object.assign(document.createElement(name), attributes);
const isModified = (event) => event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
const altOf = (link) => link.querySelector("img").alt;

function slide(link) {
  const { lang, dir } = link.closest("[lang]");
  const figure = make("figure", { lang, dir });
  const picture = make("picture");
  const srcset = link.dataset.zoom;
  const sizes = `min(100vw, ${srcset.match(/\d+(?=w$)/)}px)`; // never enlarged
  for (const motion of link.querySelectorAll("source[media]")) picture.append(motion.cloneNode());
  if (srcset) picture.append(make("source", { type: "image/avif", srcset, sizes }));
  picture.append(make("img", { loading: "lazy", alt: altOf(link), src: link.href }));
  const caption = link.closest("figure").querySelector("figcaption");
  figure.append(picture);
  if (caption) figure.append(caption.cloneNode(true));
  return figure;
}

const inView = () => Math.round(strip.scrollLeft / strip.clientWidth);

function tell() {
  const at = inView();
  const text = box.dataset.lightbox.replace("{number}", at + 1).replace("{total}", links.length);
  if (counter.firstChild?.data === text) return;
  [...strip.children].forEach((each, place) => {
    each.inert = place !== at;
    if (Math.abs(place - at) < 2) each.querySelector("img").loading = "eager";
  });
  counter.replaceChildren(text, make("i", { className: "visually-hidden", textContent: `: ${altOf(links[at])}` }));
}

function turn(to) {
  strip.scrollLeft = ((to + links.length) % links.length) * strip.clientWidth;
  tell();
}

links.forEach((link, place) => {
  link.title = box.dataset.enlarge;
  link.addEventListener("click", (event) => {
    if (isModified(event)) return;
    event.preventDefault();
    if (!strip.firstChild) strip.append(...links.map(slide));
    box.showModal();
    turn(place);
  });
});

strip.addEventListener("scroll", tell);
box.addEventListener("keydown", (event) => {
  const to = { ArrowLeft: inView() - 1, ArrowRight: inView() + 1, Home: 0, End: -1 }[event.key];
  if (event.altKey || to === undefined) return;
  event.preventDefault();
  turn(to);
});
box.addEventListener("click", ({ target }) => {
  const step = target.closest("[data-turn]")?.dataset.turn;
  if (step) turn(inView() + +step);
  else if (!target.closest("img, figcaption")) box.close();
});
