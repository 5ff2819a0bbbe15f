/* Makes pages quicker; every page works without it. docs/reference/components.md tells what to write. */
(() => {
"use strict";
const doc = document, all = (what, root = doc) => [...root.querySelectorAll(what)];
const me = doc.body.dataset.me || "", words = doc.getElementById("pencil");
const store = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set(key, value) { try { value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key); } catch { /* full or forbidden: the page still works */ } },
};
const path = url => new URL(url, location).pathname;
const fragment = html => { const box = doc.createElement("template"); box.innerHTML = html; return box.content; };
const lost = answer => answer.redirected && path(answer.url).startsWith("/sign-in");
/* Without a file, fields as one line: a form in parts spends 100 bytes on each. But letters that are not Latin take three times as much there. */
function slim(form) {
  const fields = [...form].filter(([, value]) => typeof value == "string" || value.size);
  if (fields.some(([, value]) => typeof value != "string")) return form;
  const line = new URLSearchParams(fields), parts = new Blob(fields.flat()).size + fields.length * 90;
  return line.toString().length < parts ? line : form;
}
const ask = (url, options = {}) => fetch(url, {credentials: "same-origin", ...options, body: options.body && slim(options.body), headers: {"HX-Request": "true", ...options.headers}});

/* ---- ids made on the phone: UUIDv7 */
const id7 = () => {
  const b = crypto.getRandomValues(new Uint8Array(16));
  let t = Date.now();
  for (let i = 5; i >= 0; i--) { b[i] = t % 256; t = Math.floor(t / 256); }
  b[6] = b[6] & 15 | 112; b[8] = b[8] & 63 | 128;
  return [...b].map(x => x.toString(16).padStart(2, "0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
};
const renew = form => all("input[data-new-id]", form).forEach(input => { input.value = id7(); });
/* A form shown again after a refusal keeps its id: it is still the same post. */
all("form[method=post]").forEach(form => { if (!form.querySelector("[aria-invalid],[role=alert]")) renew(form); });

/* ---- the stream: append without moving what is read, replace what is known */
const stream = doc.getElementById("stream"), page = doc.scrollingElement;
const say = doc.createElement("p");
say.className = "vh"; say.setAttribute("role", "status"); doc.body.append(say);
const low = () => page.scrollHeight - page.scrollTop - innerHeight < 160;
function place(list, nodes, instead) {
  const down = low();
  let fresh = 0;
  for (const node of [...nodes.children]) {
    const known = id => id && doc.getElementById(id);
    /* the day above an entry that stands there already */
    if (!node.id && known(node.nextElementSibling?.id)) continue;
    if (known(node.id)) known(node.id).replaceWith(node);
    else { list.insertBefore(node, list.querySelector(".wait")?.closest("li")); fresh++; }
  }
  instead?.remove();
  if (down) page.scrollTop = page.scrollHeight;
  return fresh && !down;
}

/* ---- what is new, only while the page is seen: after five seconds an open line that says so (core/live.py);
   where there is no place for one, polling: 5 s at first, up to a minute */
let timer, pause = 5e3, line;
const live = stream?.dataset.poll;
const since = () => { const url = new URL(live, location); url.searchParams.set("after", stream.dataset.cursor || ""); return url; };
const plan = () => { clearTimeout(timer); if (live && !doc.hidden && !doc.body.dataset.kept && !line?.ok) timer = setTimeout(!line && "line" in stream.dataset && window.EventSource ? listen : poll, pause); };
const wake = () => { if (pause > 5e3) { pause = 5e3; plan(); } };
const hang = () => { clearTimeout(timer); line?.close(); line = null; };
function listen() {
  const mine = line = new EventSource(since());
  line.onopen = () => { mine.ok = true; clearTimeout(timer); };
  line.onmessage = poll;
  line.onerror = () => { if (line == mine) { mine.ok = false; pause = Math.min(pause * 1.5, 6e4); plan(); } };
}
async function poll() {
  let lostNow;
  try {
    const answer = await ask(since());
    if (lost(answer) || answer.status == 403 || answer.status == 404) return hang();
    if (answer.ok && answer.status != 204) {
      const far = place(stream, fragment(await answer.text()));
      stream.dataset.cursor = answer.headers.get("X-Cursor") || stream.dataset.cursor;
      if (far) say.textContent = words?.dataset.new || "";
      pause = 5e3;
    } else pause = Math.min(pause * 1.5, 6e4);
  } catch { lostNow = true; pause = Math.min(pause * 2, 6e4); }
  /* Told but not reached: asked again, line or not. */
  if (lostNow && line?.ok) timer = setTimeout(poll, pause); else plan();
}
if (live) {
  /* One enters where one stopped reading, or at the newest; a question at its beginning. */
  if (!("stay" in stream.dataset) && !doc.getElementById(location.hash.slice(1)) && !doc.querySelector('main a[href$="#new"]')) (doc.getElementById("new") || doc.getElementById("bottom"))?.scrollIntoView();
  plan();
  doc.addEventListener("visibilitychange", () => { pause = 5e3; hang(); if (!doc.hidden && !doc.body.dataset.kept) poll(); });
  addEventListener("pagehide", hang);
  /* A page from this phone has first become current (kept.js). */
  doc.addEventListener("current", plan);
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, wake, {passive: true});
}

/* ---- sending: a form that waits for signal rather than be lost is sent by the outbox, fetched where one is */
const held = "o" + me, own = doc.currentScript.dataset;
let fetched;
const outbox = () => fetched = fetched || new Promise((done, fail) => {
  const script = doc.createElement("script");
  script.src = own.outbox;
  script.onload = () => done(window.outbox); script.onerror = () => { fetched = null; fail(); };
  doc.head.append(script);
});
/* As without a script. */
function plainly(form, button) {
  if (!form.requestSubmit) return void form.submit();
  /* Not within the event of the first sending: there a browser passes it over. */
  setTimeout(() => { form.dataset.plainly = ""; form.requestSubmit(button); delete form.dataset.plainly; });
}
/* What the outbox says, in this language: fetched once a version, for it must be at hand without signal. */
async function phrases() {
  const version = own.outbox + doc.documentElement.lang;
  let kept = store.get("ow");
  if (kept?.[0] != version) try {
    const answer = await ask("/waiting/words");
    if (answer.ok) store.set("ow", kept = [version, await answer.text()]);
  } catch { /* no signal: older words, or fewer */ }
  if (kept) doc.body.append(fragment(kept[1]));
}
function go(to) {
  location.assign(to);
  if (path(to) == location.pathname) location.reload();
}
window.staffroom = {
  me, store, path, fragment, place, id7, lost, renew, go, plainly, poll: () => live && poll(), wake, words: phrases,
  drop: form => drop(form), grow: field => grow(field), say: text => { say.textContent = text; },
  token: () => doc.querySelector("[name=csrfmiddlewaretoken]")?.value || "", bottom: () => { page.scrollTop = page.scrollHeight; },
};

/* ---- drafts: on this phone at once, at Staffroom after two seconds of rest */
const key = form => "d" + me + path(form.dataset.draftUrl || form.action) + "#" + form.dataset.draft;
const typed = form => all("textarea,select,input[type=text],input[data-keep]", form).filter(field => field.name && field.name != "transcript");
function drop(form) { clearTimeout(form.later); if (form.dataset.draft) store.set(key(form), null); }
function keep(form) {
  const fields = Object.fromEntries(typed(form).map(field => [field.name, field.value]));
  store.set(key(form), typed(form).some(field => field.tagName != "SELECT" && field.value.trim()) && {...fields, "": Date.now()});
  clearTimeout(form.later);
  if (!form.dataset.draftUrl) return;
  form.later = setTimeout(() => {
    const body = new FormData(), token = form.querySelector("[name=csrfmiddlewaretoken]");
    body.set("place", form.dataset.draft); body.set("fields", JSON.stringify(fields));
    if (token) body.set(token.name, token.value);
    ask(form.dataset.draftUrl, {method: "POST", body}).catch(() => 0);
  }, 2e3);
}
const sent = sessionStorage.getItem("sent");
if (sent && !doc.body.matches(".kept") && !location.pathname.startsWith("/sign-in")) {
  sessionStorage.removeItem("sent");
  if (!all("form[data-draft]").some(form => key(form) == sent && typed(form).some(field => field.tagName == "TEXTAREA" && field.value))) store.set(sent, null);
}
for (const form of all("form[data-draft]")) {
  const kept = store.get(key(form)) || {}, newer = form.dataset.kept && kept[""] > form.dataset.kept;
  let back = newer;
  for (const field of typed(form)) {
    if (!kept[field.name] || !(newer || field.tagName == "SELECT" || ("keep" in field.dataset ? back : !field.value))) continue;
    field.value = kept[field.name];
    back = true;
  }
  form.addEventListener("input", () => keep(form));
}
/* ---- was this asked before? Once typing rests; told below the field, and never in the way */
for (const form of all("form[data-asked]")) {
  const box = doc.getElementById("asked"), token = form.querySelector("[name=csrfmiddlewaretoken]");
  let later, last = "";
  let at = form.elements.text;
  while (at.nextElementSibling?.matches(".say")) at = at.nextElementSibling;
  at.after(box);
  form.addEventListener("input", () => {
    clearTimeout(later);
    later = setTimeout(async () => {
      const body = new FormData(), text = form.elements.text.value;
      if (text.length < 15 || text == last) return;
      last = text;
      for (const name of ["text", "topic"]) body.set(name, form.elements[name]?.value || "");
      body.set(token.name, token.value);
      try {
        const answer = await ask(form.dataset.asked, {method: "POST", body}), found = answer.status == 200 && !lost(answer);
        all("a", box).forEach(link => link.remove());
        if (found) box.append(fragment(await answer.text()));
        box.hidden = !found;
      } catch { /* no signal: it is asked again when the question is sent */ }
    }, 1500);
  });
}
/* What is asked without a name is kept nowhere before it is sent. */
for (const form of all("form[data-undraft]")) store.set("d" + me + path(form.dataset.draftUrl) + "#" + form.dataset.undraft, null);

let left = false;
addEventListener("submit", event => {
  const form = event.target, button = event.submitter, plain = "plainly" in form.dataset;
  const instead = act => { event.preventDefault(); outbox().then(act).catch(() => plainly(form, button)); };
  if (event.defaultPrevented || button?.hasAttribute("data-plain")) return;
  if (path(form.action).endsWith("/sign-out")) {
    if (store.get(held) && !plain) return instead(box => box.leave(form, button));
    try { localStorage.clear(); sessionStorage.clear(); } catch { /* nothing kept */ }
    left = true;
  } else if (!plain) {
    if (form.matches("[data-outbox],[data-send],[data-swap]") && me) return instead(box => box.submit(form, button));
    if ("undraft" in form.dataset && !navigator.onLine) return instead(box => box.note(form, box.said("quiet")));
  }
  if (form.dataset.draft) { clearTimeout(form.later); sessionStorage.setItem("sent", key(form)); }
});
if (me && (store.get(held) || doc.querySelector("form[data-outbox],form[data-send],form[data-undraft],#waiting"))) outbox().catch(() => 0);

/* ---- small comforts */
function grow(field) { field.style.blockSize = ""; if (field.value) field.style.blockSize = Math.min(field.scrollHeight + 4, innerHeight * .4) + "px"; }
for (const field of all(".write textarea")) { field.addEventListener("input", () => grow(field)); grow(field); }
doc.addEventListener("click", event => {
  const photo = event.target.closest?.("a.photo[data-photo]");
  if (photo && !photo.querySelector("img")) {
    event.preventDefault();
    const img = new Image();
    img.alt = (photo.querySelector(".alt") || photo).textContent.trim();
    img.onload = () => photo.replaceChildren(img);
    img.onerror = () => location.assign(photo.href);
    img.src = photo.dataset.photo;
  }
  all("details.menu[open]").forEach(menu => { if (!menu.contains(event.target)) menu.open = false; });
});
doc.addEventListener("keydown", event => {
  if (event.key != "Escape") return;
  all("details.menu[open]").forEach(menu => { menu.open = false; menu.firstElementChild.focus(); });
});
/* A script that few pages need is fetched when its button is first pressed. */
all("button[data-load]").forEach(button => {
  button.hidden = !(window.MediaRecorder && window.DataTransfer && navigator.mediaDevices);
  button.addEventListener("click", () => {
    const script = doc.createElement("script");
    script.src = button.dataset.load;
    script.onload = () => button.click();
    doc.head.append(script);
  }, {once: true});
});
/* What makes photos small comes when somebody begins to write: who only reads does not pay for it. */
const late = doc.querySelector("[data-script]"), come = () => {
  if (!late.dataset.script) return;
  const script = doc.createElement("script");
  script.src = late.dataset.script;
  late.dataset.script = "";
  doc.head.append(script);
};
if (late) for (const kind of ["pointerdown", "focusin", "change"]) late.closest("form").addEventListener(kind, come);
/* What just happened stays in sight where the page opens further down; then it lets the page be read. */
all(".flash").forEach(note => setTimeout(() => note.classList.add("past"), 12e3));
const off = doc.getElementById("off"), signal = () => { if (off) off.hidden = navigator.onLine; };
addEventListener("online", signal); addEventListener("offline", signal); signal();
doc.querySelector("[aria-invalid=true]")?.focus();
/* What this page cost, as the phone sees it: kept here, told to nobody; the page "Data used" shows it. */
let weighed = 0;
if (me) addEventListener("pagehide", () => {
  if (left) return;
  const days = store.get("b" + me) || {}, day = new Date().toISOString().slice(0, 10), past = new Date(Date.now() - 35 * 864e5).toISOString().slice(0, 10);
  for (const each of Object.keys(days)) if (each < past) delete days[each];
  const seen = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const all = seen.reduce((sum, each) => sum + (each.transferSize || 0), 0);
  days[day] = (days[day] || 0) + Math.max(0, all - weighed);
  weighed = all;
  store.set("b" + me, days);
});
/* The worker weighs as much as three pages: it comes when somebody stays or comes back, or where only it can do what stands there. */
if (me && navigator.serviceWorker) {
  const since = store.get("at") || Date.now();
  store.set("at", since);
  if (navigator.serviceWorker.controller || Date.now() - since > 6e5 || doc.querySelector("[data-worker]")) navigator.serviceWorker.register("/worker.js", {updateViaCache: "all"}).catch(() => 0);
}
})();
