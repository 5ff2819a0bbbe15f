/* A page that came from this phone: says as of when, then becomes current without moving what is read,
   what is typed and where one is. The worker puts this script, and the words #when, into such a page alone. */
(() => {
"use strict";
const doc = document, body = doc.body, note = doc.getElementById("when"), lang = doc.documentElement.lang;
/* Not node.id: a form answers that with its field named "id". */
const idOf = node => node.nodeType == 1 ? node.getAttribute("id") || "" : "";
const all = (what, root = doc) => [...root.querySelectorAll(what)];
const at = new Date(body.dataset.kept);

/* ---- "10:42", "yesterday 16:05", "12 March" */
function moment() {
  const day = date => new Date(date).setHours(0, 0, 0, 0), ago = Math.round((day(Date.now()) - day(at)) / 864e5);
  const clock = new Intl.DateTimeFormat(lang, {hour: "2-digit", minute: "2-digit", hourCycle: "h23"}).format(at);
  if (!ago) return clock;
  if (ago == 1 && Intl.RelativeTimeFormat) return new Intl.RelativeTimeFormat(lang, {numeric: "auto"}).format(-1, "day") + " " + clock;
  return new Intl.DateTimeFormat(lang, {day: "numeric", month: "long"}).format(at) + (ago < 7 ? " " + clock : "");
}
function say(kind) {
  if (!note) return;
  note.hidden = !kind;
  note.textContent = kind ? note.dataset[kind].replace("{when}", moment()) : "";
}

/* ---- what a person has begun stays */
const typed = field => field.matches("input,textarea,select") && (field.type == "checkbox" || field.type == "radio" ? field.checked != field.defaultChecked : field.tagName == "SELECT" ? [...field.options].some(one => one.selected != one.defaultSelected) : field.type != "hidden" && field.value != field.defaultValue);
const busy = () => all("input,textarea,select").some(typed);
/* What scripts put there: posts that wait, what is read aloud, a photo that was tapped. */
const ours = node => node.nodeType == 1 && (/^w-/.test(idOf(node)) || idOf(node) == "when" || node.matches("p.vh[role=status],[data-own]") || node.querySelector?.(".wait"));
/* Set by scripts or by the person, not by the page. */
const OWN = new Set(["data-kept", "open", "hidden", "style"]);

function attributes(old, fresh) {
  for (const {name, value} of [...fresh.attributes]) if (!OWN.has(name) && old.getAttribute(name) != value) old.setAttribute(name, value);
  for (const {name} of [...old.attributes]) if (!OWN.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
}
/* Without an id: the next one of its kind, whatever stands between. */
const key = node => node.nodeType == 1 ? node.nodeName + "." + node.className + (node.getAttribute("action") || node.getAttribute("name") || node.getAttribute("href") || "") : node.nodeType;
function match(spot, next) {
  const fits = spot && !idOf(spot) && spot.nodeName == next.nodeName;
  if (next.nodeType == 1) for (let one = spot; one; one = one.nextSibling) if (!idOf(one) && !ours(one) && key(one) == key(next)) return one;
  return fits ? spot : null;
}
function morph(old, fresh) {
  if (old.nodeType != 1) { if (old.nodeValue != fresh.nodeValue) old.nodeValue = fresh.nodeValue; return; }
  if (old.isEqualNode(fresh)) return;
  if (old.matches("[data-own]") || old.matches("a.photo") && old.querySelector("img")) return;
  if (old.matches(WRITING)) {
    const [token, other] = [old, fresh].map(form => form.querySelector("[name=csrfmiddlewaretoken]"));
    if (token && other) token.value = other.value;
    return;
  }
  attributes(old, fresh);
  if (old.tagName == "TEXTAREA" && typed(old)) return;
  if (old.tagName == "SELECT" && typed(old)) return;
  children(old, fresh);
}
function children(old, fresh) {
  const byId = new Map([...old.children].filter(idOf).map(node => [idOf(node), node]));
  let spot = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    while (spot && ours(spot)) spot = spot.nextSibling;
    let same = idOf(next) ? byId.get(idOf(next)) : match(spot, next);
    if (same && same.nodeName != next.nodeName) same = null;
    /* Nothing that holds the focus is moved: what stands before it goes instead. */
    if (same && same != spot) {
      if (same.contains(doc.activeElement) && spot && spot.compareDocumentPosition(same) & 4) while (spot && spot != same) { const gone = spot; spot = spot.nextSibling; if (!ours(gone)) gone.remove(); }
      else old.insertBefore(same, spot);
    }
    if (same) { spot = same.nextSibling; morph(same, next); }
    else old.insertBefore(doc.importNode(next, true), spot);
  }
  while (spot) { const gone = spot; spot = spot.nextSibling; if (!ours(gone)) gone.remove(); }
}

/* ---- as if nothing had happened: the eye stays where it was, or at the newest if it was there */
function hold(change) {
  const page = doc.scrollingElement, stream = doc.getElementById("stream");
  const low = stream && page.scrollHeight - page.scrollTop - innerHeight < 160;
  const seen = all("main [id]").find(node => node.getBoundingClientRect().bottom > 0), was = seen?.getBoundingClientRect().top;
  const many = stream?.children.length;
  change();
  if (low) { const fresh = doc.getElementById("new"); fresh ? fresh.scrollIntoView() : page.scrollTop = page.scrollHeight; }
  else if (seen?.isConnected) {
    page.scrollTop += seen.getBoundingClientRect().top - was;
    if (stream?.children.length > many) all("p.vh[role=status]").slice(-1).forEach(aloud => { aloud.textContent = doc.getElementById("pencil")?.dataset.new || ""; });
  }
}
/* Where a person writes, scripts have put their own things: such a form stays as it stands, with a new token. */
const WRITING = "form[data-send],form[data-draft],form[data-asked]";
/* What listens to the person is tied to these: where they have changed the page is loaded anew, from this phone. */
const plain = form => { const copy = form.cloneNode(true); all("[name=csrfmiddlewaretoken],[name=id]", copy).forEach(one => one.remove()); return copy.outerHTML; };
const bones = page => JSON.stringify([page.body.className, page.documentElement.lang, !!page.querySelector("#stream[data-poll]"), all(WRITING, page).map(plain),
  all("script[src],link[rel=stylesheet]", page).map(one => one.getAttribute("src") || one.getAttribute("href"))]);

let over;
function take(told) {
  if (over) return;
  if (told.go) { over = true; return location.replace(told.go); }
  if (told.lost) return say(navigator.onLine ? "lost" : "as");
  over = true;
  const fresh = new DOMParser().parseFromString(told.html, "text/html");
  const was = new DOMParser().parseFromString(told.was || "", "text/html");
  if (told.was && bones(was) != bones(fresh) && !busy()) return location.reload();
  doc.title = fresh.title;
  hold(() => { attributes(body, fresh.body); children(body, fresh.body); });
  delete body.dataset.kept;
  say("");
  doc.dispatchEvent(new Event("current"));
}
function ask() {
  const worker = navigator.serviceWorker?.controller;
  if (over || !worker) return;
  const line = new MessageChannel();
  line.port1.onmessage = event => take(event.data);
  worker.postMessage({fresh: location.href}, [line.port2]);
}
say("now");
ask();
addEventListener("online", () => { if (!over) { say("now"); ask(); } });
addEventListener("offline", () => { if (!over) say("as"); });
doc.addEventListener("visibilitychange", () => { if (!doc.hidden) ask(); });
})();
