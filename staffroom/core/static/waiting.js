/* The page Waiting on this phone: everything of this profile that has not arrived, and what one can do. */
(() => {
"use strict";
const doc = document, list = doc.getElementById("waiting"), none = doc.getElementById("waiting-none"), me = doc.body.dataset.me;
const make = (what, kind, text) => { const node = doc.createElement(what); if (kind) node.className = kind; if (text) node.textContent = text; return node; };
const kb = size => `${Math.max(1, Math.round(size / 1000))} KB`;
if (!list || !me) return;

function button(box, kind, text, act) {
  const one = make("button", kind, text);
  one.type = "button"; one.onclick = act;
  box.append(one);
  return one;
}
/* "Throw away" asks in the same place; the first of both answers is to keep it. */
function sure(item, act, said) {
  const box = item.querySelector(".acts");
  box.replaceWith(box.cloneNode(false));
  const asked = item.querySelector(".acts"), text = make("p", "", said("sure") + (act.tries && act.state != "failed" ? " " + said("maybe") : ""));
  text.setAttribute("role", "alert");
  asked.before(text);
  button(asked, "btn", said("stay"), () => show(true)).focus();
  button(asked, "btn alt", said("throw"), () => outbox.take(act.turn).then(() => show(true)));
}
function row(act) {
  const {said} = outbox, item = doc.getElementById("held-words").content.firstElementChild.cloneNode(true);
  const words = item.querySelector(".words"), acts = make("div", "acts"), box = item.firstElementChild;
  const title = make("p", "by", act.title), when = make("p", "s", new Date(act.at).toLocaleString(doc.documentElement.lang, {dateStyle: "medium", timeStyle: "short"}));
  words.textContent = act.text || act.fields.filter(([name, value]) => typeof value == "string" && value && !/^(id|version|item|quotes|based_on|sure)$/.test(name)).map(pair => pair[1]).join(", ");
  title.setAttribute("dir", "auto");
  box.prepend(title, when);
  const files = act.fields.filter(([, value]) => typeof value != "string" && value.size);
  if (files.length) { const line = make("p", "s", said("files") + ": "); const size = make("bdi", "", kb(files.reduce((sum, [, value]) => sum + value.size, 0))); size.dir = "ltr"; line.append(size); words.after(line); }
  item.querySelector(".st span").textContent = outbox.why(act, {});
  if (act.why == "out") button(acts, "btn", said("again"), () => location.assign("/sign-in?next=/waiting"));
  else button(acts, "btn", said("again"), () => outbox.anew(act).then(() => show()));
  if (!act.swap) button(acts, "btn alt", said("change"), () => location.assign(act.from + "#change-" + act.turn));
  button(acts, "btn alt", said("throw"), () => sure(item, act, said));
  item.append(acts);
  return item;
}
const rows = new Map();
let soon = 0;
/* Only what changed is made anew: a button under the thumb stays where it is. Of many ends at once, once. */
const show = anyway => { if (anyway) return draw(true); soon = soon || setTimeout(() => { soon = 0; draw(); }, 60); };
async function draw(anyway) {
  const acts = (await outbox.all()).filter(act => act.who == me), here = new Set(acts.map(act => act.turn));
  for (const [turn, {node}] of rows) if (!here.has(turn)) { node.remove(); rows.delete(turn); }
  for (const act of acts) {
    const key = act.state + act.why + act.said, was = rows.get(act.turn);
    if (was && was.key == key && !anyway) continue;
    const node = row(act);
    if (was) was.node.replaceWith(node); else list.append(node);
    rows.set(act.turn, {key, node});
  }
  none.hidden = acts.length > 0;
  outbox.show();
}
/* app.js fetches the outbox and its words; both are there when it says so. */
addEventListener("outboxready", () => { outbox.hear(() => show()); draw(); });
if (window.outbox && doc.getElementById("held-words")) dispatchEvent(new Event("outboxready"));
})();
