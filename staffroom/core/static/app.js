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
const ask = (url, options = {}) => fetch(url, {credentials: "same-origin", ...options, headers: {"HX-Request": "true", ...options.headers}});

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

/* ---- polling: 5 s at first, up to a minute; only while the page is seen */
let timer, pause = 5e3;
const live = stream?.dataset.poll;
const plan = () => { clearTimeout(timer); if (live && !doc.hidden) timer = setTimeout(poll, pause); };
const wake = () => { if (pause > 5e3) { pause = 5e3; plan(); } };
async function poll() {
  try {
    const url = new URL(live, location);
    url.searchParams.set("after", stream.dataset.cursor || "");
    const answer = await ask(url);
    if (lost(answer) || answer.status == 403 || answer.status == 404) return;
    if (answer.ok && answer.status != 204) {
      const far = place(stream, fragment(await answer.text()));
      stream.dataset.cursor = answer.headers.get("X-Cursor") || stream.dataset.cursor;
      if (far) say.textContent = words?.dataset.new || "";
      pause = 5e3;
    } else pause = Math.min(pause * 1.5, 6e4);
  } catch { pause = Math.min(pause * 2, 6e4); }
  plan();
}
if (live) {
  /* One enters where one stopped reading, or at the newest; a question at its beginning. */
  if (!("stay" in stream.dataset) && !doc.getElementById(location.hash.slice(1)) && !doc.querySelector('main a[href$="#new"]')) (doc.getElementById("new") || doc.getElementById("bottom"))?.scrollIntoView();
  plan();
  doc.addEventListener("visibilitychange", () => { pause = 5e3; if (doc.hidden) clearTimeout(timer); else poll(); });
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, wake, {passive: true});
}

/* ---- sending: pencil until saved. Each waiting post keeps its id, so a retry never doubles it. */
const queued = "w" + me, waiting = () => store.get(queued) || [];
const forget = post => store.set(queued, waiting().filter(other => other.id != post.id));
function pencil(post, list) {
  const item = words.content.firstElementChild.cloneNode(true);
  item.id = "w-" + post.id;
  item.querySelector(".words").textContent = post.text;
  list.append(item);
  tell(item, words.dataset.waits);
  return item;
}
function tell(item, text, again) {
  const spot = item.querySelector(".st span");
  spot.textContent = text;
  if (again) {
    const button = doc.createElement("button");
    button.type = "button"; button.className = "link"; button.textContent = words.dataset.again;
    button.onclick = again; spot.append(" ", button);
  }
}
async function send(form, post, item, body) {
  const list = doc.querySelector(form.dataset.send);
  const token = form.querySelector("[name=csrfmiddlewaretoken]");
  if (token) body.set(token.name, token.value);
  tell(item, words.dataset.waits);
  let answer, html = "";
  try { answer = await ask("also" in form.dataset ? post.to : form.action, {method: "POST", body}); html = await answer.text(); } catch { /* no signal */ }
  if (!answer || answer.status >= 500 || answer.status == 429) {
    post.wait = Math.min((post.wait || 4e3) * 2, 6e4);
    return void (post.timer = setTimeout(() => send(form, post, item, body), post.wait));
  }
  if (answer.ok && !lost(answer)) {
    forget(post);
    if (post.draft) store.set(post.draft, null);
    const to = answer.headers.get("X-Go") || answer.redirected && answer.url;
    if (to) {
      location.assign(to);
      if (path(to) == location.pathname) location.reload();
      return;
    }
    place(list, fragment(html), item);
    wake();
    return;
  }
  const why = answer.status == 422 && fragment(html).querySelector(".say,[role=alert]");
  const out = lost(answer) || answer.status == 403;
  tell(item, out ? words.dataset.out : words.dataset.needs + (why ? ": " + why.textContent.trim() : ""), () => {
    const field = form.querySelector("textarea[name=text]");
    if (out) return void location.reload();
    if (why && field && (!field.value || field.value == field.defaultValue)) { forget(post); field.value = post.text; item.remove(); field.focus(); grow(field); }
    else send(form, post, item, body);
  });
}
addEventListener("online", () => doc.dispatchEvent(new Event("again")));
function queue(form, post, item, body) {
  doc.addEventListener("again", () => { if (post.timer && item.isConnected) { clearTimeout(post.timer); send(form, post, item, body); } });
  send(form, post, item, body);
}
for (const form of all("form[data-send]")) {
  for (const post of waiting().filter(post => "also" in form.dataset ? post.to.startsWith(form.dataset.also) : post.to == path(form.action))) {
    const body = new FormData();
    post.fields.forEach(([name, value]) => body.append(name, value));
    queue(form, post, pencil(post, doc.querySelector(form.dataset.send)), body);
  }
}
function submitSend(form, event) {
  const body = new FormData(form, event.submitter), list = doc.querySelector(form.dataset.send);
  const text = form.querySelector("textarea[name=text]")?.value.trim() || "";
  if (!list || !words) return;
  /* A photo kept from a refused try goes the plain way; an empty field, as after a second tap, nowhere. */
  if (!text && !("blank" in form.dataset) && !all("input[type=file]", form).some(input => input.value)) {
    if (form.querySelector("[name=photo_id],[name=attached_id]")) return;
    event.preventDefault();
    return void form.querySelector("textarea[name=text]")?.focus();
  }
  event.preventDefault();
  const post = {id: body.get("id"), to: path(form.action), text};
  post.fields = [...body].filter(([name, value]) => typeof value == "string" && name != "csrfmiddlewaretoken");
  /* A photo cannot be kept for a reload: then the words stay as a draft until it has arrived. */
  if (all("input[type=file]", form).some(input => input.value)) post.draft = key(form);
  else { store.set(queued, [...waiting(), post]); drop(form); }
  form.reset(); renew(form); all("textarea", form).forEach(grow);
  queue(form, post, pencil(post, list), body);
  page.scrollTop = page.scrollHeight;
}

/* ---- one part of the page answers for itself: this helped, thanks. "entry": whatever carries the same id */
async function submitSwap(form, event) {
  event.preventDefault();
  const button = event.submitter, body = new FormData(form, button), own = form.dataset.swap.startsWith("#");
  if (button?.hasAttribute("formaction")) form.action = button.formAction;
  try {
    const answer = await ask(form.action, {method: "POST", body});
    if (!answer.ok || answer.redirected) throw 0;
    for (const fresh of [...fragment(await answer.text()).children]) {
      const old = own ? doc.querySelector(form.dataset.swap) : fresh.id && doc.getElementById(fresh.id);
      const at = old ? all("button,a,summary", old).indexOf(doc.activeElement) : -1;
      old?.replaceWith(fresh);
      all("button,a,summary", fresh)[at]?.focus();
    }
  } catch { form.submit(); }
}

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

addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || event.submitter?.hasAttribute("data-plain")) return;
  if (path(form.action).endsWith("/sign-out")) try { localStorage.clear(); sessionStorage.clear(); } catch { /* nothing kept */ }
  else if (form.dataset.send) submitSend(form, event);
  else if (form.dataset.swap) submitSwap(form, event);
  else if (form.dataset.draft) { clearTimeout(form.later); sessionStorage.setItem("sent", key(form)); }
});

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
/* What just happened stays in sight where the page opens further down; then it lets the page be read. */
all(".flash").forEach(note => setTimeout(() => note.classList.add("past"), 12e3));
const off = doc.getElementById("off"), signal = () => { if (off) off.hidden = navigator.onLine; };
addEventListener("online", signal); addEventListener("offline", signal); signal();
doc.querySelector("[aria-invalid=true]")?.focus();
/* What this page cost, as the phone sees it: kept here, told to nobody; the page "Data used" shows it. */
let weighed = 0;
if (me) addEventListener("pagehide", () => {
  const days = store.get("b" + me) || {}, day = new Date().toISOString().slice(0, 10), past = new Date(Date.now() - 35 * 864e5).toISOString().slice(0, 10);
  for (const each of Object.keys(days)) if (each < past) delete days[each];
  const seen = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const all = seen.reduce((sum, each) => sum + (each.transferSize || 0), 0);
  days[day] = (days[day] || 0) + Math.max(0, all - weighed);
  weighed = all;
  store.set("b" + me, days);
});
if (me) navigator.serviceWorker?.register("/worker.js").catch(() => 0);
})();
