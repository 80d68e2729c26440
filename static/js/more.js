// "More articles" adds the next page of a list to this one. The address goes along: whoever reloads, shares or comes
// back from an article stands where they were. Without JavaScript the link leads to the next page.

const MANY = 50; // pages: a list that long is not fetched again

const main = document.querySelector("main");
const pages = () => main.querySelector("[data-pages]");
const here = () => location.pathname + location.search;
const headlines = (root) => [...root.querySelectorAll(".headline")];

async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// What was published meanwhile has pushed articles from one page to the next: none is shown twice.
function append(page) {
  const shown = new Set(headlines(main).map((link) => link.pathname));
  const items = [...page.querySelectorAll("main .river > li")];
  const added = items.filter((item) => !shown.has(item.querySelector(".headline").pathname));
  main.querySelector(".river").append(...added);
  pages().replaceWith(page.querySelector("[data-pages]") ?? "");
  document.title = page.title;
  return added;
}

async function more(link) {
  const nav = pages();
  if (nav.ariaBusy) return;
  nav.ariaBusy = "true";
  const page = await fetched(link.href);
  const first = history.state?.first ?? here();
  const [item] = append(page);
  history.scrollRestoration = "manual";
  history.replaceState({ first }, "", link.href);
  item?.querySelector(".headline").focus({ preventScroll: true });
  main.querySelector("[data-told]").textContent = pages()?.dataset.place ?? "";
}

// The headline at the top of the window, and how far from it: pictures above may not be there yet on the way back.
function keepPlace() {
  const link = history.state?.first && headlines(main).find((each) => each.getBoundingClientRect().bottom > 0);
  if (!link) return;
  history.replaceState({ ...history.state, at: link.pathname, top: link.getBoundingClientRect().top }, "");
}

main.addEventListener("click", (event) => {
  keepPlace();
  const link = event.target.closest("[data-more]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  more(link).catch(() => location.assign(link.href));
});

let resting;
addEventListener("scroll", () => {
  clearTimeout(resting);
  resting = setTimeout(keepPlace, 100);
}, { passive: true });

async function restore({ first, at, top }) {
  const last = here();
  const page = await fetched(first);
  main.replaceChildren(...page.querySelector("main").childNodes);
  for (let left = MANY, address = first; address !== last && left; left -= 1) {
    const link = main.querySelector("[data-more]");
    if (!link) break;
    address = link.pathname + link.search;
    append(await fetched(address));
  }
  const link = headlines(main).find((each) => each.pathname === at);
  if (link) scrollBy({ top: link.getBoundingClientRect().top - top, behavior: "instant" });
}

if (history.state?.first && history.state.first !== here()) {
  // Where it fails, this page is still one of the list's.
  restore(history.state).catch(() => {});
}
