// Pages come from the network, always; copies of the articles last read stand in when there is none.
// /sw.js puts two names before this: VERSION, and FONTS, which only a style sheet names.
// What is kept is the same for everybody: it is marked public, and no cookie is sent where we fetch by ourselves.

const OFFLINE = "/offline/";
const MOST = 20;
const LONGEST = 30 * 24 * 60 * 60 * 1000;
const ADDRESS = /^\/[^/]+\/$/; // of an article
const PERSONAL = /^\/(admin|accounts)\//;

const open = (name) => caches.open(name); // "files", "articles", "pictures"
const pathOf = (request) => new URL(request.url).pathname;
const filesIn = (html) => html.match(/(?<=")\/static\/[\w./-]+/g) ?? [];

async function add(name, addresses) {
  const cache = await open(name);
  await Promise.all([...new Set(addresses)].map(async (address) => {
    if (!(await cache.match(address))) await cache.add(address);
  }));
}

// Files of the release before stay as long as a kept article is drawn with them.
async function tidy() {
  const files = await open("files");
  const texts = [];
  for (const name of ["files", "articles"]) {
    const cache = await open(name);
    for (const request of await cache.keys()) {
      if (/(\/|\.css)$/.test(pathOf(request))) texts.push(await (await cache.match(request)).text());
    }
  }
  const named = FONTS.join() + texts.join();
  for (const request of await files.keys()) {
    const file = pathOf(request);
    if (file !== OFFLINE && !named.includes(file.slice(file.lastIndexOf("/") + 1))) await files.delete(request);
  }
}

async function install() {
  const page = await fetch(OFFLINE, { cache: "reload", credentials: "omit" });
  if (!page.ok) throw new Error(`${OFFLINE} answered ${page.status}`);
  await add("files", [...FONTS, ...filesIn(await page.clone().text())]);
  await (await open("files")).put(OFFLINE, page);
  await skipWaiting();
}

async function activate() {
  await registration.navigationPreload?.enable();
  await tidy();
  await clients.claim();
}

// The articles that are kept

async function drop(address) {
  const articles = await open("articles");
  const copy = await articles.match(address, { ignoreVary: true });
  if (!copy) return;
  await articles.delete(address, { ignoreVary: true });
  const html = await copy.text();
  const pictures = await open("pictures");
  for (const request of await pictures.keys()) {
    if (html.includes(pathOf(request))) await pictures.delete(request);
  }
}

async function keep(address, response) {
  const articles = await open("articles");
  await articles.delete(address, { ignoreVary: true }); // the last one read stands last
  await articles.put(address, response.clone());
  await add("files", filesIn(await response.text()));
  for (const request of (await articles.keys()).slice(0, -MOST)) await drop(pathOf(request));
}

async function settle(address, response) {
  const isPublic = response.headers.get("Cache-Control")?.includes("public");
  if (response.ok && isPublic) {
    const html = await response.clone().text();
    if (html.includes('property="og:type" content="article"')) await keep(address, response);
  } else if ([404, 410].includes(response.status) || response.type === "opaqueredirect") {
    await drop(address);
  }
}

async function hashOf(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Withdrawn while nobody looked. The list may be a few minutes old: the browser keeps it that long.
async function sweep() {
  const response = await fetch(`${OFFLINE}withdrawn.json`, { credentials: "omit" });
  if (!response.ok) return;
  const { hashes } = await response.json();
  const articles = await open("articles");
  for (const request of await articles.keys()) {
    const written = Date.parse((await articles.match(request)).headers.get("Date"));
    const isGone = hashes.includes(await hashOf(pathOf(request)));
    if (isGone || Date.now() - written > LONGEST) await drop(pathOf(request));
  }
}

// A page tells that it was read, and which file its lead picture came in.
async function read({ address, picture }) {
  const articles = await open("articles");
  if (!ADDRESS.test(address)) return;
  if (!(await articles.match(address, { ignoreVary: true }))) {
    await settle(address, await fetch(address, { credentials: "omit" }));
  }
  const isOurs = picture && new URL(picture).origin === location.origin;
  if (isOurs && await articles.match(address, { ignoreVary: true })) await add("pictures", [picture]);
}

// Answers

async function copyOf(address) {
  const article = await (await open("articles")).match(address, { ignoreVary: true });
  return article ?? (await open("files")).match(OFFLINE, { ignoreVary: true });
}

async function page(event, address) {
  let response;
  try {
    response = (await event.preloadResponse) ?? await fetch(event.request);
  } catch (error) {
    if (PERSONAL.test(address)) throw error;
    return (await copyOf(address)) ?? Response.error();
  }
  const copy = response.clone();
  const isArticle = ADDRESS.test(address);
  event.waitUntil((async () => {
    if (isArticle) await settle(address, copy);
    await sweep();
  })().catch(() => {})); // no room, or the network has gone meanwhile: the page is there
  return response;
}

// A picture that was not kept is an empty one: its place keeps the picture's colour, and no sign of damage.
const nothing = ({ destination }) => destination === "image"
  ? new Response('<svg xmlns="http://www.w3.org/2000/svg"/>', { headers: { "Content-Type": "image/svg+xml" } })
  : Response.error();

async function file(request) {
  try {
    return await fetch(request);
  } catch {
    return (await caches.match(request, { ignoreVary: true })) ?? nothing(request);
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(read(event.data)));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") event.respondWith(page(event, pathname));
  else if (/^\/(static|media)\//.test(pathname)) event.respondWith(file(event.request));
});
