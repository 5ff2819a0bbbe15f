/* Stands between the pages and the signal. What is done with a request is one of RULES; HERE (names of
   files and addresses) is written above this by views.py. docs/explanation/offline.md says why. */
"use strict";
/* What waits on this phone, and sends it: the same script that pages use. */
importScripts(HERE.outbox);
/* The mark; and what is taken, in a word: a browser's own list costs 100 bytes on each new connection. */
const MARK = {"X-Worker": "1", Accept: "text/html"};
const FILES = "files-" + HERE.release, STATE = "state";
const MOST_PAGES = 60, MOST_BYTES = 4e6, MOST_TAPPED = 12e6, DAY = 864e5, PATIENCE = 4e3;

/* ---- the table: the first rule that fits; what fits none goes its way as if nobody stood here */
const RULES = [
  {what: "signing out", fits: (r, path) => r.method == "POST" && path.endsWith("/sign-out"), how: leave},
  {what: "coming in as somebody", fits: (r, path) => r.method == "POST" && /^\/(sign-in|staff|demo|me\/merge)\b/.test(path), how: event => event.waitUntil(lock())},
  {what: "a draft, a look", fits: (r, path) => r.method == "POST" && /\/(draft|asked)$/.test(path), how: () => 0},
  {what: "anything else that changes", fits: r => r.method != "GET" && r.method != "HEAD", how: event => event.waitUntil(wrote())},
  {what: "a file named by its content", fits: (r, path) => /^\/static\/.+\.[0-9a-f]{12}\.\w+$/.test(path), how: event => event.respondWith(file(event.request, true))},
  {what: "any other file of ours", fits: (r, path) => path.startsWith("/static/"), how: event => event.respondWith(file(event.request, false))},
  {what: "a photo, a voice, a paper", fits: (r, path) => /\/(photo|voice|look|paper|file)\/[\w-]+(\/(small|first))?$/.test(path), how: event => event.respondWith(tapped(event))},
  {what: "a page", fits: r => r.mode == "navigate", how: event => event.respondWith(page(event))},
];

addEventListener("fetch", event => {
  const {request} = event, url = new URL(request.url);
  if (url.origin == location.origin) RULES.find(rule => rule.fits(request, url.pathname))?.how(event);
});

/* ---- releases: what every page needs is there before the new worker stands; the old goes once it does */
addEventListener("install", event => event.waitUntil((async () => {
  const files = await caches.open(FILES).catch(() => null);
  /* From the browser's own store where the page has just fetched them: no byte twice. */
  await Promise.all(HERE.shell.map(url => files && files.add(url).catch(() => 0)));
  if (!registration.active) await skipWaiting();
})()));
addEventListener("activate", event => event.waitUntil((async () => {
  for (const name of await names()) if (name.startsWith("files-") && name != FILES) await caches.delete(name);
  await clients.claim();
})()));
/* A newer worker takes over between two pages, when at most the page that is left is open. */
async function makeRoom() {
  if (registration.waiting && (await clients.matchAll({type: "window"})).length < 2) registration.waiting.postMessage({take: "over"});
}
addEventListener("message", event => {
  if (event.data.take) event.waitUntil(skipWaiting());
  else if (event.data.look) event.waitUntil(remember({checked: 0}).then(look).then(() => event.ports[0].postMessage(1)));
  else if (event.data.fresh) event.waitUntil(fresh(event.data.fresh).then(told => event.ports[0].postMessage(told)));
});

/* ---- who uses this phone now. Storage may be full, forbidden or private: then nothing is kept and all is asked */
const names = () => caches.keys().catch(() => []);
const open = name => caches.open(name).catch(() => null);
const NOBODY = {me: "", until: 0, wrote: 0, lang: "", words: "", checked: 0, out: null};
let known;
async function who() {
  if (known) return known;
  const kept = await (await open(STATE))?.match("/who").catch(() => null), read = kept && await kept.json();
  return known = known || {...NOBODY, ...read};
}
async function remember(change) {
  known = {...await who(), ...change};
  await (await open(STATE))?.put("/who", new Response(JSON.stringify(known))).catch(() => 0);
  return known;
}
const lock = () => remember({me: ""});
const wrote = () => remember({wrote: Date.now()});
const inside = one => one.me && one.until > Date.now() ? one.me : "";
/* Another person on this phone: of those before nothing is left. */
async function become(me, answer) {
  const one = await who(), until = Date.now() + (answer.headers.get("X-Keep-For") * 1e3 || 90 * DAY);
  for (const name of await names()) if (/^(pages|tapped|shelf)-/.test(name) && !name.endsWith("-" + me)) await caches.delete(name);
  if (one.me != me || Math.abs(until - one.until) > 6e4) await remember(one.me && one.me != me ? {...NOBODY, me, until} : {me, until});
}
async function forget() {
  fetched.clear();
  for (const name of await names()) if (!name.startsWith("files-")) await caches.delete(name);
  const bases = await indexedDB.databases?.().catch(() => []) || [];
  bases.forEach(base => indexedDB.deleteDatabase(base.name));
}
/* Signing out clears this phone at once; without signal Staffroom hears of it at the next contact, first of all. */
function leave(event) {
  const asked = event.request.clone();
  const done = (async () => {
    const body = await asked.text(), bare = await frame("data-left");
    known = {...NOBODY};
    await forget();
    /* With signal the browser's own request is on its way: time is given to it. */
    await remember({out: {url: asked.url, body, at: navigator.onLine ? Date.now() : 0}});
    return bare;
  })();
  if (navigator.onLine) event.waitUntil(done);
  else event.respondWith(done.then(bare => bare || Response.error()));
}
async function settle() {
  const {out} = await who();
  if (!out || Date.now() - out.at < 5e3) return;
  await fetch(out.url, {method: "POST", body: out.body, credentials: "same-origin", redirect: "manual", headers: {"Content-Type": "application/x-www-form-urlencoded"}});
  await remember({out: null});
}

/* ---- files of ours: without signal another release's will do */
async function file(request, constant) {
  const files = await open(FILES), have = await files?.match(request).catch(() => null);
  if (have && constant) return have;
  try {
    const answer = await fetch(request);
    if (answer.status == 200) files?.put(request, answer.clone()).catch(() => 0);
    return answer;
  } catch (lost) {
    const stem = url => new URL(url).pathname.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
    const alike = have || files && (await files.keys()).find(one => stem(one.url) == stem(request.url));
    if (!alike) throw lost;
    return alike == have ? have : files.match(alike);
  }
}

/* ---- pages */
const place = url => { const at = new URL(url, location); at.hash = ""; return at.href; };
const mine = html => (/<body[^>]* data-me="([\w-]+)"/.exec(html) || [])[1] || "";
/* Always fresh from the house; the browser still tells which page it has, so only what changed is sent. */
const ask = (request, redirect) => fetch(new Request(request.url, {cache: "reload", credentials: "same-origin", redirect, headers: MARK}));
/* Pages that came while a copy stood on the screen: address -> promise of what the page is told. */
const fetched = new Map();

async function page(event) {
  const {request} = event, url = place(request.url);
  event.waitUntil(makeRoom());
  /* Read anew: the storage may have been cleared under a worker that lives on. */
  known = null;
  const one = await who();
  if (one.out) await settle().catch(() => 0);
  const ready = fetched.get(url);
  if (request.cache != "default" && ready?.html) { fetched.delete(url); return ready.html(); }
  const kept = await copy(url);
  if (kept && request.cache == "default" && +kept.at > one.wrote) {
    event.waitUntil(bring(url, ask(request, "follow")));
    return shown(kept);
  }
  const coming = ask(request, "manual");
  try {
    const answer = kept ? await Promise.race([coming, new Promise(done => setTimeout(done, PATIENCE))]) : await coming;
    if (answer) {
      event.waitUntil(take(url, answer.clone()).catch(() => 0));
      return answer;
    }
    event.waitUntil(bring(url, coming));
  } catch { /* no signal */ }
  if (kept) return shown(kept);
  return await frame("data-missing") || Response.error();
}

/* What the page that shows a copy is told, once; remembered a moment, for the page may ask a little later. */
function bring(url, coming) {
  const telling = coming.then(answer => tell(url, answer), () => ({lost: true}));
  fetched.set(url, telling);
  setTimeout(() => fetched.get(url) == telling && fetched.delete(url), 3e4);
  return telling;
}
async function fresh(address) {
  const url = place(address), waiting = fetched.get(url);
  fetched.delete(url);
  const told = await (waiting && !waiting.html ? waiting : bring(url, ask({url}, "follow")));
  fetched.delete(url);
  if (!told.html) return told;
  /* Where the page cannot take it in, it loads itself anew: from here. */
  const {html, was, answer} = told;
  fetched.set(url, {html: () => new Response(html, {headers: answer.headers})});
  setTimeout(() => fetched.delete(url), 1e4);
  return {html, was};
}
async function tell(url, answer) {
  if (answer.type == "opaqueredirect") answer = await fetch(url, {cache: "reload", credentials: "same-origin", headers: MARK});
  if (answer.redirected || [401, 403, 404, 410].includes(answer.status)) {
    await drop(url);
    if (/^\/(sign-in|staff\/sign-in)/.test(new URL(answer.url).pathname)) await lock();
    return {go: answer.redirected ? answer.url : url};
  }
  if (!answer.ok) return {lost: true};
  const me = (await who()).me, was = await (await copy(url))?.answer.text(), html = await take(url, answer);
  if (html === undefined || mine(html) != me) { await drop(url); return {go: url}; }
  return {html, was, answer};
}

/* Keep what came, if it may be kept; says who is in. Gives its words. */
async function take(url, answer) {
  const path = new URL(url).pathname, type = answer.headers.get("Content-Type") || "";
  if ([403, 404, 410].includes(answer.status)) await drop(url);
  if (answer.status != 200 || answer.redirected || !type.startsWith("text/html")) return;
  const html = await answer.text(), me = mine(html);
  if (!me) { if (/^\/($|sign-in|staff\/sign-in)/.test(path)) await lock(); return html; }
  await become(me, answer);
  await words(html);
  if (/\bno-store\b/.test(answer.headers.get("Cache-Control") || "")) await drop(url);
  else if (!/^\/search\b/.test(path) && !html.includes('class="flash"')) await keep("pages-" + me, url, html, answer);
  await look();
  return html;
}
async function keep(name, url, html, answer) {
  const pages = await open(name), headers = new Headers();
  for (const [key, value] of answer.headers) if (!/^(content-(encoding|length)|set-cookie|vary|use-as-dictionary)$/i.test(key)) headers.set(key, value);
  const title = (/<title>([^<]*)/.exec(html) || [])[1] || "";
  headers.set("X-At", new Date().toISOString());
  headers.set("X-Title", encodeURIComponent(title));
  headers.set("X-Size", new Blob([html]).size);
  const made = () => new Response(html, {headers});
  try {
    await pages.delete(url);
    await pages.put(url, made());
    await beside(await shelfOf(), url, html, made);
    await bound(pages, MOST_PAGES, MOST_BYTES);
  } catch { await bound(pages, MOST_PAGES / 2, MOST_BYTES / 2).catch(() => 0); }
}
/* A page on the shelf becomes newer with it; one that has a file too is renewed with its file. */
async function beside(shelf, url, html, made) {
  const old = await shelf?.match(url), item = old && JSON.parse(decodeURIComponent(old.headers.get("X-Item") || "null"));
  if (!item || item.files.length) return;
  const answer = made(), version = (/id="keep"[^>]* data-version="([^"]*)"/.exec(html) || [])[1];
  answer.headers.set("X-Item", encodeURIComponent(JSON.stringify({...item, version: version || item.version})));
  await shelf.put(url, answer);
}
/* The oldest goes first; never the pages that list what is here and what waits. */
async function bound(cache, most, bytes) {
  const all = await Promise.all((await cache.keys()).map(async key => ({key, size: +(await cache.match(key)).headers.get("X-Size")})));
  let count = all.length, size = all.reduce((sum, one) => sum + one.size, 0);
  for (const one of all) {
    if (count <= most && size <= bytes) return;
    if ([HERE.phone, HERE.waiting].includes(new URL(one.key.url).pathname)) continue;
    await cache.delete(one.key);
    count--; size -= one.size;
  }
}
async function drop(url) {
  const {me} = await who();
  for (const name of ["pages-" + me, "shelf-" + me]) if (await caches.has(name).catch(() => 0)) await (await open(name)).delete(url);
}
const shelfOf = async () => { const me = inside(await who()); return me && await caches.has("shelf-" + me).catch(() => 0) ? open("shelf-" + me) : null; };
/* The page as it is on this phone, of whoever is in: the newer of what was visited and what was put on the shelf. */
async function copy(url) {
  const me = inside(await who());
  if (!me) return null;
  const found = [];
  for (const cache of [await caches.has("pages-" + me).catch(() => 0) && await open("pages-" + me), await shelfOf()]) {
    const one = cache && await cache.match(url).catch(() => null);
    if (one && one.headers.get("X-At")) found.push({answer: one, at: new Date(one.headers.get("X-At"))});
  }
  return found.sort((a, b) => b.at - a.at)[0] || null;
}
/* With its date, the words for it, and the script that makes it current. */
async function shown({answer, at}) {
  const html = await answer.text(), {words} = await who();
  const dated = html.replace("<body", `<body data-kept="${at.toISOString()}"`).replace(/<main\b/, () => words + "<main").replace("</body>", `<script src="${HERE.kept}" defer></script></body>`);
  return new Response(dated, {headers: answer.headers});
}

/* ---- the page "On this phone": it stands in for what is not here, in the person's language */
let wording;
async function words(html) {
  const lang = (/<html lang="([\w-]+)"/.exec(html) || [])[1], {me} = await who(), mark = me + lang + HERE.release;
  if (!lang || (await who()).lang == mark) return;
  return wording = wording || fetchWords(me, mark).catch(() => 0).finally(() => { wording = null; });
}
async function fetchWords(me, mark) {
  for (const address of [HERE.phone, HERE.waiting]) {
    const answer = await fetch(address, {cache: "reload", credentials: "same-origin", headers: MARK});
    const text = await answer.text();
    if (answer.redirected || mine(text) != me || /no-store/.test(answer.headers.get("Cache-Control"))) return;
    await keep("pages-" + me, new URL(address, location).href, text, answer);
    if (address == HERE.phone) await remember({words: (/<template id="asof">(.*?)<\/template>/s.exec(text) || [])[1] || ""});
  }
  await remember({lang: mark});
}
async function frame(mark) {
  const kept = await copy(new URL(HERE.phone, location).href);
  if (!kept) return null;
  const html = (await kept.answer.text()).replace("<body", `<body ${mark}`);
  return new Response(mark == "data-left" ? html.replace(/ data-me="[\w-]+"/, "") : html, {status: 503, headers: kept.answer.headers});
}

/* ---- what was tapped once is not paid twice; a part of it, as players ask, is cut from the whole */
async function tapped(event) {
  const {request} = event, url = place(request.url).replace(/\?.*/, ""), me = inside(await who());
  for (const cache of me ? [await shelfOf(), await open("tapped-" + me)] : []) {
    const have = await cache?.match(url).catch(() => null);
    if (have) return part(request, have);
  }
  let answer;
  try { answer = await fetch(request); } catch (lost) { if (request.mode != "navigate") throw lost; return await frame("data-missing") || Response.error(); }
  if (me && /immutable/.test(answer.headers.get("Cache-Control"))) event.waitUntil(keepTapped(me, url, answer.clone()).catch(() => 0));
  return answer;
}
async function keepTapped(me, url, answer) {
  const [, from, to, all] = /bytes (\d+)-(\d+)\/(\d+)/.exec(answer.headers.get("Content-Range")) || [0, 0, 0, 1];
  if (answer.status != 200 && !(answer.status == 206 && +from == 0 && +to + 1 == all)) return;
  if (answer.headers.get("Content-Length") > MOST_TAPPED / 4) return;
  const body = await answer.blob(), headers = new Headers(answer.headers), cache = await open("tapped-" + me);
  headers.delete("Content-Range"); headers.delete("Content-Encoding");
  headers.set("X-Size", body.size);
  if (body.size > MOST_TAPPED / 4 || (await who()).me != me) return;
  await cache.put(url, new Response(body, {headers}));
  await bound(cache, 150, MOST_TAPPED);
}
async function part(request, whole) {
  const range = /bytes=(\d+)-(\d*)$/.exec(request.headers.get("Range") || "");
  if (!range) return whole;
  const body = await whole.blob(), from = +range[1], to = Math.min(range[2] ? +range[2] + 1 : body.size, body.size);
  const headers = new Headers(whole.headers);
  if (from >= to) return new Response("", {status: 416, headers: {"Content-Range": "bytes */" + body.size}});
  headers.set("Content-Range", `bytes ${from}-${to - 1}/${body.size}`); headers.set("Content-Length", to - from);
  return new Response(body.slice(from, to), {status: 206, headers});
}

/* ---- the shelf: a few times a day Staffroom is asked whether what stands on it may still stand there */
async function look() {
  const one = await who(), shelf = await shelfOf();
  if (!shelf || Date.now() - one.checked < DAY / 6) return;
  await remember({checked: Date.now()});
  const items = [];
  for (const key of await shelf.keys()) { const answer = await shelf.match(key); if (answer.headers.get("X-Item")) items.push(new URL(key.url).pathname); }
  if (!items.length) return;
  const answer = await fetch(HERE.state + "?" + new URLSearchParams(items.map(item => ["item", item])), {credentials: "same-origin"}).catch(() => null);
  if (!answer || answer.redirected || !answer.ok) return;
  const {gone, version} = await answer.json();
  for (const item of gone) await off(shelf, item);
  for (const [item, now] of Object.entries(version)) await shelf.put("/changed" + item, new Response(JSON.stringify(now)));
}
async function off(shelf, item) {
  const answer = await shelf.match(item);
  for (const url of JSON.parse(decodeURIComponent(answer?.headers.get("X-Item") || "null"))?.files || []) await shelf.delete(url);
  await shelf.delete(item); await shelf.delete("/changed" + item);
  await drop(new URL(item, location).href);
}
