// Lessons without a line. Before this text the server writes SHELL (addresses of our
// own files), OFFLINE (pages that say there is no line) and COPY (what stands above a
// copy), both by language.
// Kept: those files, and pages that the server lets be kept (X-Keep), for the person
// who read them (X-Reader) alone. Never anything posted, never anybody else's.

const SHELL_CACHE = `rangka-${SHELL[0].split("/")[2]}`;
const OWN = "luring-"; // and the reader: the cache of a person's lessons
const PATIENCE = 3000; // milliseconds to wait for the line where there is a copy
const MOST = 200; // pages and pictures of a person
const PICTURE = /\/kursus\/[\w-]+\/aset\/[\w-]+\/[\w.%-]+\.(?:svg|png|jpe?g|webp|avif|gif)\b/gi;

const BEACONS = { requestMethod: "POST", urlPattern: { pathname: "/kursus/*" } };

const ownCaches = async () => (await caches.keys()).filter((name) => name.startsWith(OWN));
const forget = (names) => Promise.all(names.map((name) => caches.delete(name)));
const same = { ignoreSearch: true, ignoreVary: true };
const pathOf = (request) => new URL(request.url).pathname;
const readerOf = (answer) => (answer?.headers.get("X-Reader") ?? "").split(" ");
const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);

self.addEventListener("install", (event) => {
  // A stranger's pages: nothing of whoever is signed in.
  const pages = Object.values(OFFLINE).map((url) => new Request(url, { credentials: "omit" }));
  // A beacon of a page that is being left gets lost on its way through here.
  event.addRoutes?.({ condition: BEACONS, source: "network" })?.catch(() => {});
  event.waitUntil(caches.open(SHELL_CACHE).then((cache) => cache.addAll([...SHELL, ...pages])).then(() => skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const begin = async () => {
    await forget((await caches.keys()).filter((name) => name.startsWith("rangka-") && name !== SHELL_CACHE));
    await registration.navigationPreload?.enable();
    await clients.claim();
  };
  event.waitUntil(begin());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.method !== "GET") {
    if (pathname === "/keluar") event.waitUntil(ownCaches().then(forget));
  } else if (pathname.startsWith("/static/")) event.respondWith(ourFile(request, pathname));
  else if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.match(PICTURE)) event.respondWith(kept(request).then((copy) => copy ?? fetch(request)));
});

// Questions of a page, each with a port for the answers: { weigh: paths } of all these
// pages in kB, or null; { keep: paths } with { step } for each page; { drop: path }.
// One without a port: { claim } from a page that the worker does not have yet.
self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const { reader, weigh, keep, drop, whole, claim } = event.data;
  if (claim) {
    event.waitUntil(clients.claim());
    return;
  }
  const work = async () => {
    if (drop) await dropUnder(reader, drop);
    if (keep) {
      for (const [at, url] of keep.entries()) {
        port.postMessage({ step: at + 1 });
        await keepPage(reader, url);
      }
    }
    return weigh ? weight(reader, weigh, whole) : null;
  };
  event.waitUntil(work().then((size) => port.postMessage({ size }), () => port.postMessage({ failed: true })));
});

/** A file of ours: its address changes with it, so a copy is as good as new. */
async function ourFile(request, pathname) {
  const cache = await caches.open(SHELL_CACHE);
  const copy = await cache.match(request, same);
  if (copy) return copy;
  try {
    return await fetch(request);
  } catch (error) {
    // A kept page may ask for files of another day: ours of today fit as well.
    const name = pathname.split("/").slice(3).join("/");
    const today = SHELL.find((url) => url.endsWith(`/${name}`));
    return (today && (await cache.match(today, same))) ?? Promise.reject(error);
  }
}

/** A page: from the server; a copy when the line is away or slow. */
async function page(event) {
  const fresh = load(event);
  const copy = await kept(event.request);
  if (!copy) return fresh.catch(() => offline(pathOf(event.request)));
  const lost = fresh.catch(() => null);
  const answer = await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  if (answer && answer.status < 500) return answer;
  event.waitUntil(lost);
  return withWords(copy, "<main ", `${COPY[readerOf(copy)[1]] ?? ""}<main `);
}

async function load(event) {
  const answer = (await event.preloadResponse) ?? (await fetch(event.request));
  event.waitUntil(note(event.request, answer.clone()));
  return answer;
}

/** Keep a page that may be kept; forget what was kept for another person. */
async function note(request, answer) {
  const [reader] = readerOf(answer);
  if (!reader) return;
  await forget((await ownCaches()).filter((name) => name !== OWN + reader));
  if (answer.ok && !answer.redirected && answer.headers.get("X-Keep")) await put(reader, pathOf(request), answer);
}

async function put(reader, path, answer) {
  const cache = await caches.open(OWN + reader);
  await cache.delete(path, same);
  await cache.put(path, answer);
  const all = await cache.keys();
  await Promise.all(all.slice(0, Math.max(0, all.length - MOST)).map((old) => cache.delete(old)));
}

async function kept(request) {
  for (const name of await ownCaches()) {
    const copy = await (await caches.open(name)).match(request, same);
    if (copy) return copy;
  }
  return null;
}

/** Fetch a page and the pictures it shows; keep them. Throws when something is missing. */
async function keepPage(reader, path) {
  const answer = await fetch(path);
  if (!answer.ok || readerOf(answer)[0] !== reader || !answer.headers.get("X-Keep")) throw new Error(path);
  const text = await answer.clone().text();
  await put(reader, path, answer);
  const cache = await caches.open(OWN + reader);
  for (const picture of new Set(text.match(PICTURE) ?? [])) {
    if (!(await cache.match(picture, same))) await cache.add(picture);
  }
}

const isUnder = (path) => (request) => pathOf(request) === path || pathOf(request).startsWith(`${path}/`);

async function dropUnder(reader, path) {
  const cache = await caches.open(OWN + reader);
  for (const request of (await cache.keys()).filter(isUnder(path))) await cache.delete(request);
}

/** Weight in kB as it came over the line, of these pages or of all under the first. */
async function weight(reader, paths, whole) {
  const cache = await caches.open(OWN + reader);
  const copies = await Promise.all(paths.map((path) => cache.match(path, same)));
  if (!copies.every(Boolean)) return null;
  const all = whole ? await Promise.all((await cache.keys()).filter(isUnder(paths[0])).map((request) => cache.match(request, same))) : copies;
  let bytes = 0;
  for (const copy of all) bytes += Number(copy.headers.get("Content-Length")) || (await copy.blob()).size;
  return Math.ceil(bytes / 1000);
}

/** Our page for no line, with what is kept, in the language of the page kept last. */
async function offline(asked) {
  const [name] = await ownCaches();
  const own = name && (await caches.open(name));
  const links = [];
  let language = "id";
  for (const request of (await own?.keys()) ?? []) {
    const copy = await own.match(request, same);
    const title = copy.headers.get("X-Keep");
    if (!title) continue;
    [, language] = readerOf(copy);
    links.push([pathOf(request), `<li><a class="item" href="${pathOf(request)}">${escaped(decodeURIComponent(title))}</a></li>`]);
  }
  // By course, in the order they were kept; the list of contents is on the course page.
  const course = (path) => path.split("/")[2];
  links.sort(([a], [b]) => course(a).localeCompare(course(b)));
  const shown = links.filter(([path]) => !path.endsWith("/daftar")).map(([, html]) => html);
  let page = await (await caches.open(SHELL_CACHE)).match(OFFLINE[language] ?? OFFLINE.id, { ignoreVary: true });
  if (!page) return Response.error();
  if (asked.startsWith("/kuis/percobaan/")) page = await withWords(page, "data-quiz hidden", "data-quiz");
  return shown.length ? withWords(page, /<p class="bd" data-none>[^]*?<\/p>/, `<ul class="rows">${shown.join("")}</ul>`) : page;
}

/** The same answer with something put into its text. */
async function withWords(answer, place, html) {
  const text = (await answer.text()).replace(place, () => html);
  const headers = new Headers(answer.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  return new Response(text, { headers });
}
