/* The offline shelf: the button "Keep on this phone", and the page that lists what is kept.
   Where nothing can be kept, nothing is shown. The worker gives it out again (worker.js). */
(async () => {
"use strict";
const doc = document, {me, missing, left} = doc.body.dataset, lang = doc.documentElement.lang;
const byId = id => doc.getElementById(id), show = (node, yes) => { if (node) node.hidden = !yes; };
show(byId("missing"), missing !== undefined); show(byId("left"), left !== undefined);
if (left !== undefined) show(byId("without"), false);
const ready = async () => !!(window.caches && navigator.serviceWorker && await navigator.serviceWorker.ready);
if (!me || !await ready().catch(() => false)) return;
const SHELF = "shelf-" + me, PAGES = "pages-" + me, TAPPED = "tapped-" + me;
const kb = size => size < 999500 ? Math.max(1, Math.round(size / 1e3)) + " KB" : (size / 1e6).toFixed(1) + " MB";
const day = iso => new Intl.DateTimeFormat(lang, {day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23"}).format(new Date(iso));
const item = answer => JSON.parse(decodeURIComponent(answer.headers.get("X-Item") || "null"));
const size = answer => +answer.headers.get("X-Size") || 0;
const here = location.origin + location.pathname;

/* ---- keep, and give up */
async function keep(url, {version, file, html}) {
  const shelf = await caches.open(SHELF), files = file ? [new URL(file, location).pathname] : [];
  let weight = 0;
  try {
    for (const each of files) {
      const answer = await fetch(each, {credentials: "same-origin"});
      if (!answer.ok || answer.redirected) throw new TypeError("refused");
      const body = await answer.blob(), headers = new Headers(answer.headers);
      headers.delete("Content-Encoding");
      weight += body.size;
      await shelf.put(each, new Response(body, {headers}));
      await (await caches.open(TAPPED)).delete(new URL(each, location).href);
    }
    /* The page itself has just been fetched: from the phone's copy it costs nothing more. */
    const page = html || await (await caches.open(PAGES)).match(url) || await fetch(url, {credentials: "same-origin", cache: html === undefined ? "force-cache" : "reload"});
    if (!page.ok || page.redirected) throw new TypeError("refused");
    const text = await page.text(), headers = new Headers(page.headers);
    headers.delete("Content-Encoding"); headers.delete("Content-Length");
    weight += new Blob([text]).size;
    headers.set("X-At", page.headers.get("X-At") || new Date().toISOString());
    headers.set("X-Title", encodeURIComponent(new DOMParser().parseFromString(text, "text/html").title));
    headers.set("X-Size", weight);
    headers.set("X-Item", encodeURIComponent(JSON.stringify({version, files, at: new Date().toISOString()})));
    await shelf.put(url, new Response(text, {headers}));
    await shelf.delete("/changed" + new URL(url).pathname);
    navigator.storage?.persist?.().catch(() => 0);
  } catch (why) {
    for (const each of files) await shelf.delete(each).catch(() => 0);
    throw why;
  }
}
async function off(url) {
  const shelf = await caches.open(SHELF), answer = await shelf.match(url);
  for (const each of answer && item(answer)?.files || []) await shelf.delete(each);
  await shelf.delete(url); await shelf.delete("/changed" + new URL(url).pathname);
}

/* ---- the button on a page of the library */
const box = byId("keep");
async function button() {
  const {version, file, size: weight} = box.dataset, press = box.querySelector("button"), [name, told] = [box.querySelector("span"), box.querySelector("[role=status]")];
  const have = await (await caches.open(SHELF)).match(here), old = have && item(have).version != version;
  name.textContent = have ? old ? box.dataset.renew : box.dataset.undo : box.dataset.do;
  box.querySelector(".kb").textContent = file && (!have || old) ? kb(+weight) : "";
  press.setAttribute("aria-pressed", !!have && !old);
  show(box, true);
  press.onclick = async () => {
    press.disabled = true;
    try {
      if (have && !old) { await off(here); told.textContent = ""; }
      else { if (old) await off(here); await keep(here, {version, file}); told.textContent = box.dataset.done; }
    } catch (why) { told.textContent = why.name == "QuotaExceededError" ? box.dataset.full : box.dataset.lost; }
    press.disabled = false;
    await button();
  };
}
if (box) { await button(); doc.addEventListener("current", button); }

/* ---- the page that lists it */
const lists = byId("shelved"), row = byId("row");
function line(key, answer, more) {
  const node = row.content.firstElementChild.cloneNode(true), link = node.querySelector("a");
  const title = decodeURIComponent(answer.headers.get("X-Title") || "").replace(/\s*[·–—،-]\s*Staffroom$/, "");
  const read = doc.createElement("span"); read.textContent = new DOMParser().parseFromString(title, "text/html").documentElement.textContent;
  link.href = key.url; link.querySelector("b").append(read);
  const facts = link.querySelector(".s");
  link.querySelector(".kb").textContent = kb(size(answer));
  facts.append(day(answer.headers.get("X-At")));
  const acts = doc.createElement("p"); acts.className = "quiet b";
  const act = (words, done) => {
    const press = doc.createElement("button"); press.type = "button"; press.className = "link"; press.textContent = words;
    const of = doc.createElement("span"); of.className = "vh"; of.textContent = ": " + read.textContent; press.append(of);
    press.onclick = async () => { press.disabled = true; try { await done(); } catch { byId("heard").textContent = row.dataset.lost; } await list(); };
    acts.append(press); node.append(acts);
  };
  more?.(facts, act);
  return {node, act};
}
async function list() {
  const shelf = await caches.open(SHELF), pages = await caches.open(PAGES), tapped = await caches.open(TAPPED);
  const shelved = byId("shelved"), visited = byId("visited"), focus = doc.activeElement?.closest("#shelved,#visited");
  shelved.replaceChildren(); visited.replaceChildren();
  let all = 0;
  const of = async cache => Promise.all((await cache.keys()).map(async key => [key, await cache.match(key)]));
  for (const [key, answer] of await of(shelf)) {
    const kept = item(answer);
    if (!kept) continue;
    all += size(answer);
    const path = new URL(key.url).pathname, now = await (await shelf.match("/changed" + path))?.json();
    const {node, act} = line(key, answer, (facts, act) => {
      if (!now || now[0] == kept.version) return;
      facts.append(doc.createElement("br"), row.dataset.changed);
      act(row.dataset.again + (kept.files.length ? ` (${kb(now[1])})` : ""), () => renew(key.url));
    });
    act(row.dataset.off, async () => { await off(key.url); byId("heard").textContent = row.dataset.gone; });
    shelved.append(node);
  }
  const opened = (await of(pages)).filter(([key]) => new URL(key.url).pathname != visited.dataset.here).sort((a, b) => a[1].headers.get("X-At") < b[1].headers.get("X-At") ? 1 : -1);
  for (const [key, answer] of opened) { all += size(answer); visited.append(line(key, answer).node); }
  for (const [, answer] of await of(tapped)) all += size(answer);
  doc.querySelectorAll(".onphone").forEach(one => show(one, true));
  for (const list of [shelved, visited]) show(list.previousElementSibling, !list.children.length);
  show(byId("without"), false); show(byId("clear"), all > 0);
  byId("in-all").textContent = kb(all);
  if (focus) (focus.querySelector("button,a") || byId("clear")).focus();
}
/* Its page says what its file is now. */
async function renew(url) {
  const answer = await fetch(url, {credentials: "same-origin", cache: "reload"});
  if (!answer.ok || answer.redirected) throw 0;
  const told = new DOMParser().parseFromString(await answer.clone().text(), "text/html").getElementById("keep")?.dataset;
  if (!told) throw 0;
  await off(url);
  await keep(url, {version: told.version, file: told.file, html: answer});
}
if (lists) {
  await list();
  const clear = byId("clear"), words = clear.querySelector("span"), first = words.textContent;
  clear.onclick = async () => {
    if (words.textContent == first) { words.textContent = clear.dataset.sure; return; }
    words.textContent = first;
    for (const name of [SHELF, PAGES, TAPPED]) await caches.delete(name);
    byId("heard").textContent = row.dataset.gone;
    await list();
  };
  /* What was taken out at Staffroom goes now; what has changed is marked. */
  const worker = navigator.serviceWorker.controller, way = new MessageChannel();
  way.port1.onmessage = list;
  if (navigator.onLine) worker?.postMessage({look: true}, [way.port2]);
  doc.addEventListener("current", list);
}
})();
