/* What is written waits on the phone until it has arrived, once. docs/explanation/outbox.md
   Used by pages (fetched by app.js where a form says data-outbox, or something waits) and by the worker. */
(() => {
"use strict";
const page = typeof document == "undefined" ? null : self.staffroom;
const MOST = 25e6, OLD = 60 * 864e5, LEAST = 1e3, LONG = 6e4;

/* ---- the store: acts in the order of their turns; beside them the phone's number and the lease */
let opened;
const open = () => opened = opened || new Promise((done, fail) => {
  const asked = indexedDB.open("staffroom", 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("acts", {keyPath: "turn"}).createIndex("who", "who");
    asked.result.createObjectStore("kept", {keyPath: "key"});
  };
  asked.onerror = asked.onblocked = () => { opened = null; fail(asked.error); };
  asked.onsuccess = () => {
    const base = asked.result;
    /* Sign-out clears the phone: do not stand in its way. */
    base.onversionchange = () => base.close();
    base.onclose = () => { opened = null; };
    done(base);
  };
});
async function stored(mode, work) {
  const base = await open();
  return new Promise((done, fail) => {
    /* strict: on the disk before the form is emptied */
    const change = base.transaction(["acts", "kept"], mode, {durability: "strict"});
    const asked = work(change.objectStore("acts"), change.objectStore("kept"));
    change.oncomplete = () => done(asked && asked.result);
    change.onabort = change.onerror = () => fail(change.error);
  });
}
const all = () => stored("readonly", acts => acts.getAll());
const held = who => stored("readonly", acts => acts.index("who").count(who));
const next = after => stored("readonly", acts => acts.get(IDBKeyRange.lowerBound(after, true)));
const get = turn => stored("readonly", acts => acts.get(turn));
const take = turn => stored("readwrite", acts => acts.delete(turn));
const change = (turn, said) => stored("readwrite", acts => {
  const asked = acts.get(turn);
  asked.onsuccess = () => { if (asked.result) acts.put(Object.assign(asked.result, said)); };
  return asked;
});
/* Takes its turn among the acts of this phone; `instead` is the turn of the act it mends. */
const put = (act, instead) => stored("readwrite", (acts, kept) => {
  const asked = kept.get("phone");
  asked.onsuccess = () => {
    const phone = asked.result || {key: "phone", id: Math.random().toString(36).slice(2, 12).padEnd(4, "0"), turn: 0};
    phone.turn++;
    act.phone = phone.id; act.turn = phone.turn;
    kept.put(phone);
    if (instead) acts.delete(instead);
    acts.put(act);
  };
});

/* ---- one sender at a time on this phone, whether a page or the worker */
const me = Math.random();
async function alone(work) {
  if (navigator.locks) return navigator.locks.request("outbox", work);
  const lease = until => stored("readwrite", (acts, kept) => {
    const asked = kept.get("lease"), mine = {result: false};
    asked.onsuccess = () => {
      const held = asked.result;
      if (held && held.by != me && held.until > Date.now() && held.until < Date.now() + LONG) return;
      mine.result = true;
      kept.put({key: "lease", by: me, until});
    };
    return mine;
  });
  while (!await lease(Date.now() + 6e3)) await new Promise(done => setTimeout(done, 2e3));
  /* Renewed while it works, so that one who was killed is not waited for. */
  const beat = setInterval(() => lease(Date.now() + 6e3), 2e3);
  try { return await work(); } finally { clearInterval(beat); await lease(0); }
}

/* ---- sending one act; what became of it */
/* A photo on 2G takes its time: two bytes a millisecond, and a minute. */
const patience = act => LONG + act.size / 2;
const strings = act => act.fields.every(([, value]) => typeof value == "string");
function headers(act, token) {
  const age = Math.min(999999999, Math.max(0, Math.round((Date.now() - act.at) / 1e3)));
  const told = {"X-Act": [act.id, act.who, act.phone, act.turn, age].join(" "), "X-CSRFToken": token};
  if (act.piece) told["HX-Request"] = "true";
  return told;
}
async function post(act, token) {
  const body = strings(act) ? new URLSearchParams() : new FormData();
  act.fields.forEach(([name, value]) => typeof value == "string" ? body.append(name, value) : body.append(name, value, value.name));
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), patience(act));
  try {
    const answer = await fetch(act.to, {method: "POST", body, headers: headers(act, token), credentials: "same-origin", redirect: "manual", cache: "no-store", referrer: new URL(act.from, location).href, signal: stop.signal});
    const {status} = answer, why = answer.headers.get("X-Why"), html = status == 200 || status == 422 ? await answer.text() : "";
    if (answer.headers.get("X-Done") == act.id) return {is: "done", html: status == 200 ? html : "", go: answer.headers.get("X-Go") || ""};
    if (status == 429) return {is: "later", wait: 1e3 * (+answer.headers.get("Retry-After") || 60)};
    if (answer.type == "opaqueredirect" || status == 401) return {is: "out"};
    if (status == 403 && why == "token" || status == 409 && why == "other") return {is: why};
    if (why == "again") return {is: "failed", why: "needs", html};
    if (status == 413) return {is: "failed", why: "big"};
    if (status == 500) return {is: act.tries < 8 ? "fault" : "failed", why: "fault"};
    /* A proxy's refusal, or one of which the line cut off a part, is not the house's. */
    if (why == "said") return {is: "failed", why: status == 422 ? "needs" : status == 403 || status == 404 || status == 410 ? "gone" : "odd", html};
  } catch { /* no signal, or half an answer */ } finally { clearTimeout(timer); }
  return {is: "waits"};
}
/* Who is signed in here now, and a fresh token. */
async function passport() {
  /* Nobody else sends meanwhile: a line that neither answers nor breaks is given up. */
  const stop = new AbortController(), timer = setTimeout(() => stop.abort(), LONG / 2);
  let text;
  try {
    const answer = await fetch("/waiting/who", {credentials: "same-origin", cache: "no-store", signal: stop.signal});
    if (!answer.ok) throw 0;
    text = await answer.text();
  } finally { clearTimeout(timer); }
  if (text == "-") return {who: ""};
  /* A hotspot's own page says something else, a broken line nothing. */
  if (!/^[\w-]{6} \w{32,}$/.test(text)) throw 0;
  const [who, token] = text.split(" ");
  return {who, token};
}

/* ---- one round: community by community in order; an act that names one that waits goes after it */
const short = id => btoa(String.fromCharCode(...(id.replace(/-/g, "").match(/../g) || []).map(pair => parseInt(pair, 16)))).replace(/\+/g, "-").replace(/\//g, "_").slice(0, 22);
const made = act => (act.fields.find(([name]) => name == "id") || [])[1];
const names = (act, other) => { const id = made(other); return id && (act.to.includes(short(id)) || act.fields.some(([, value]) => value == id)); };
let pause = LEAST;

async function round(now) {
  let pass = page && page.me && page.token() ? {who: page.me, token: page.token()} : null, after = 0;
  const stopped = new Set(), before = [];
  for (;;) {
    const act = await next(after);
    if (!act) return stopped.size > 0;
    after = act.turn;
    if (act.due > Date.now() && !now) stopped.add(act.lane);
    if (act.state == "failed" || stopped.has(act.lane) || before.some(other => names(act, other))) { before.push(act); continue; }
    /* Asked once a round: whoever is found to be out in the middle of it would let the next act overtake. */
    if (!pass) pass = await passport().catch(() => null);
    if (!pass) return true;
    if (!pass.who) { await out(); return false; }
    if (act.who != pass.who) continue;
    if (Date.now() - act.at > OLD) { await settle(act, {is: "failed", why: "old"}); before.push(act); continue; }
    let end = await post(act, pass.token);
    if (end.is == "token") {
      pass = await passport().catch(() => null);
      end = pass ? pass.who == act.who ? await post(act, pass.token) : {is: pass.who ? "other" : "out"} : {is: "waits"};
    }
    await settle(act, end);
    if (end.is == "done") { pause = LEAST; continue; }
    before.push(act);
    if (end.is == "failed") continue;
    stopped.add(act.lane);
    /* No signal for one is no signal for all. */
    if (end.is != "later" && end.is != "fault") return end.is == "waits";
  }
}
/* Nobody is signed in here: all of them wait for that. */
async function out() {
  await stored("readwrite", acts => {
    acts.openCursor().onsuccess = event => {
      const spot = event.target.result;
      if (!spot) return;
      if (spot.value.state != "failed" && spot.value.why != "out") spot.update({...spot.value, why: "out"});
      spot.continue();
    };
  });
  tell({is: "out"});
}
async function settle(act, end) {
  if (end.is == "done") await take(act.turn);
  else if (end.is == "failed") await change(act.turn, {state: "failed", why: end.why, said: end.html ? page ? page.why(end.html) : plain(end.html) : "", tries: act.tries + 1});
  else await change(act.turn, {why: end.is, tries: act.tries + 1, due: end.is == "later" ? Date.now() + end.wait : 0});
  tell({turn: act.turn, id: act.id, ...end, act});
}
/* The worker has no parser of pages: the sentence of a refusal stands between two marks. */
const plain = html => ((html.match(/(?:class="say"|role="alert")[^>]*>([^]*?)<\/(?:p|ul|div)>/) || [])[1] || "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();

/* ---- when: at once, when there is signal, when a page opens or is looked at, later and later */
const speaker = self.BroadcastChannel ? new BroadcastChannel("outbox") : null, hearers = [];
function tell(what) {
  if (speaker) speaker.postMessage({...what, html: "", act: null});
  hearers.forEach(hear => hear(what));
}
if (speaker) speaker.onmessage = event => hearers.forEach(hear => hear(event.data));
let running, once_more, timer;
function drain(now) {
  if (running) { once_more = true; return running; }
  clearTimeout(timer);
  running = alone(() => round(now)).catch(() => true).then(left => {
    running = null;
    if (once_more) { once_more = false; return drain(); }
    if (left && page) {
      if (!document.hidden) timer = setTimeout(drain, pause);
      pause = Math.min(pause * 2, LONG);
      sync();
    }
    return left;
  });
  return running;
}
/* The browser calls the worker when there is signal, even where no page is open any more. */
const sync = () => { if (navigator.serviceWorker) navigator.serviceWorker.ready.then(reached => reached.sync && reached.sync.register("outbox")).catch(() => 0); };

/* ---- in a page: pencil until saved */
function inPage() {
  const doc = document, {me, fragment, path, place, id7, say} = page;
  const words = () => doc.getElementById("held-words") || doc.getElementById("pencil");
  const said = name => words()?.dataset[name] || "";
  const here = location.pathname + location.search, fresh = new Map();
  const flag = () => page.held().then(count => {
    const banner = doc.getElementById("held");
    page.store.set("o" + me, count);
    if (banner) { banner.hidden = !count; banner.querySelector("b").textContent = count; }
  }).catch(() => 0);
  page.held = () => held(me);
  page.why = html => { const found = fragment(html).querySelector(".say,[role=alert]"); return found ? found.textContent.trim() : ""; };

  /* What stands beside a thing that waits: the clock, a sentence, and what one can do. */
  function line(item, text, ...doings) {
    const spot = item.querySelector(".st span") || item;
    spot.textContent = text;
    for (const [name, act] of doings) {
      const button = doc.createElement("button");
      button.type = "button"; button.className = "link"; button.textContent = said(name); button.onclick = act;
      spot.append(" ", button);
    }
  }
  const why = (act, end) => end.is == "failed" || act.state == "failed"
    ? (end.why || act.why) == "needs" ? said("needs") + (act.said ? ": " + act.said : "") : said(end.why || act.why) || said("needs")
    : end.is == "out" || act.why == "out" ? said("out") : said("waits");
  function pencil(act, list, end = {}) {
    let item = doc.getElementById("w-" + act.turn);
    if (!item) {
      item = (doc.getElementById("pencil") || words()).content.firstElementChild.cloneNode(true);
      item.id = "w-" + act.turn;
      item.querySelector(".words").textContent = act.text || act.title;
      list.append(item);
    }
    const doings = [];
    if (act.state == "failed") doings.push(["change", () => { location.href = act.from + "#change-" + act.turn; if (act.from == here) mend(); }]);
    if (act.state == "failed" || act.why == "out") doings.push(["again", () => act.why == "out" ? location.assign("/sign-in?next=" + encodeURIComponent(here)) : anew(act)]);
    line(item, why(act, end), ...doings);
    return item;
  }
  const anew = act => change(act.turn, {state: "waiting", due: 0}).then(() => { show(); return drain(true); });

  /* Where on this page an act is shown: its form's list, below its form, or beside its button. */
  const lists = new Map();
  function spot(act) {
    for (const form of doc.querySelectorAll("form[data-send]")) {
      if ("also" in form.dataset ? act.to.startsWith(form.dataset.also) : path(act.to) == path(form.action)) return {list: doc.querySelector(form.dataset.send)};
    }
    for (const form of doc.querySelectorAll("form[data-outbox]")) {
      if (form.dataset.swap || !act.from || act.from != here || path(form.action) != path(act.to)) continue;
      if (!lists.has(form)) { const list = doc.createElement("ol"); list.className = "held"; list.dataset.own = ""; form.after(list); lists.set(form, list); }
      return {list: lists.get(form)};
    }
    const button = [...doc.querySelectorAll("button[formaction]")].find(one => path(one.formAction) == path(act.to));
    return button ? {button} : {};
  }
  function beside(act, button, end) {
    let note = doc.getElementById("w-" + act.turn);
    if (!note) { note = doc.createElement("small"); note.id = "w-" + act.turn; note.className = "s"; note.setAttribute("role", "status"); button.after(" ", note); }
    note.textContent = why(act, end || {});
  }
  async function show() {
    for (const act of (await all()).filter(act => act.who == me)) {
      const {list, button} = spot(act);
      if (list && words()) pencil(act, list); else if (button) beside(act, button);
    }
    return flag();
  }

  /* ---- an act has ended, here or in another page or in the worker */
  function swap(how, html) {
    for (const node of [...fragment(html).children]) {
      const old = how.startsWith("#") ? doc.querySelector(how) : node.id && doc.getElementById(node.id);
      const at = old ? [...old.querySelectorAll("button,a,summary")].indexOf(doc.activeElement) : -1;
      if (old) old.replaceWith(node);
      node.querySelectorAll("button,a,summary")[at]?.focus();
    }
  }
  /* It was done, and what it looks like now is not known here: the page tells. */
  async function look() {
    const answer = await fetch(location.href, {credentials: "same-origin"});
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const old of doc.querySelectorAll("#stream>[id]")) { const node = now.getElementById(old.id); if (node) old.replaceWith(node); }
  }
  async function hear(end) {
    if (!end.turn) return show();
    const mine = fresh.get(end.id), item = doc.getElementById("w-" + end.turn);
    flag();
    if (end.is == "done") {
      fresh.delete(end.id);
      if (mine) mine.form.busy = false;
      if (mine && (mine.asked || mine.act.send && end.go)) return page.go(end.go || location.href);
      const act = end.act || mine?.act || {};
      if (act.send && end.html && item) { place(item.parentNode, fragment(end.html), item); return page.wake(); }
      if (act.swap && end.html) { item?.remove(); return swap(act.swap, end.html); }
      if (!item && !mine) return;
      if (item && end.go && path(end.go) == location.pathname) return page.go(end.go);
      if (item && end.go && !act.send) return line(item, said("sent"), ["see", () => page.go(end.go)]);
      item?.remove();
      page.poll();
      return look().catch(() => 0);
    }
    const act = await get(end.turn);
    if (!act || act.who != me) return;
    if (mine && mine.asked && end.is == "failed") {
      /* The house shows what is wrong, beside each field, as it does without a script. */
      fresh.delete(end.id);
      mine.form.busy = false;
      await take(end.turn);
      flag();
      return page.plainly(mine.form, mine.button);
    }
    if (mine && mine.asked) { mine.asked = false; mine.form.busy = false; emptied(mine.form); }
    const {list, button} = spot(act);
    if (list && words()) pencil(act, list, end); else if (button) beside(act, button, end);
    if (end.is == "failed") say(why(act, end));
  }
  hearers.push(hear);

  /* ---- a form is sent */
  function emptied(form) { page.drop(form); form.reset(); page.renew(form); form.querySelectorAll("textarea").forEach(page.grow); delete form.mends; }
  const titled = done => { const head = doc.querySelector("h1")?.textContent.trim() || doc.title; return head.startsWith(done) ? head : done + " · " + head; };
  function act_of(form, button) {
    const data = new FormData(form), to = button?.hasAttribute("formaction") ? button.formAction : form.action;
    if (button?.name) data.append(button.name, button.value);
    const fields = [...data].filter(([name, value]) => name != "csrfmiddlewaretoken" && (typeof value == "string" || value.size || value.name));
    const url = new URL(to, location), text = (data.get("text") || "").trim();
    return {
      id: id7(), who: me, to: url.pathname + url.search, fields, text, from: here, at: Date.now(), state: "waiting", tries: 0, due: 0, why: "", said: "",
      lane: (url.pathname.match(/^\/c\/[\w-]{22}/) || [""])[0], send: !!form.dataset.send, swap: form.dataset.swap || "",
      piece: !!(form.dataset.send || form.dataset.swap),
      title: titled(button?.textContent.trim() || button?.getAttribute("aria-label") || ""),
      size: fields.reduce((sum, [, value]) => sum + (value.size || value.length), 0),
    };
  }
  const files = form => [...form.querySelectorAll("input[type=file]")].some(input => input.value);
  async function submit(form, button) {
    if (form.busy) return;
    const act = act_of(form, button), field = form.querySelector("textarea[name=text]");
    if (act.send && !act.text && !("blank" in form.dataset) && !files(form)) {
      /* A photo kept from a refused try goes the plain way; an empty field, as after a second tap, nowhere. */
      return form.querySelector("[name=photo_id],[name=attached_id]") ? page.plainly(form, button) : field?.focus();
    }
    if (!("outbox" in form.dataset)) return act.swap ? now(form, button, act) : quiet(form, act);
    if (act.size > MOST) return page.plainly(form, button);
    /* Tapped twice: the same as the last that waits. */
    if (act.swap && (await all().catch(() => [])).filter(other => other.who == me && other.swap).map(other => other.to).pop() == act.to) return;
    form.busy = true;
    try { await put(act, form.mends); } catch {
      /* No store, or no room in it: the form goes as it would without a script, while there is signal. */
      form.busy = false;
      if (navigator.onLine) return page.plainly(form, button);
      return note(form, said("full"));
    }
    doc.getElementById("w-" + form.mends)?.remove();
    fresh.set(act.id, {act, form, button, asked: !act.send && !act.swap});
    if (act.send) { form.busy = false; emptied(form); }
    if (act.swap) form.busy = false;
    const pencilled = () => { const {list} = spot(act); if (list && words() && fresh.has(act.id)) pencil(act, list); };
    if (act.send) { pencilled(); page.bottom(); } else setTimeout(pencilled, 1e3);
    flag();
    drain(true).then(() => { if (act.swap && fresh.has(act.id)) show(); });
  }
  /* What has its meaning at this moment alone ("I am here") does not wait. */
  async function now(form, button, act) {
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    try {
      const answer = await fetch(act.to, {method: "POST", body, credentials: "same-origin", headers: {"HX-Request": "true"}});
      if (!answer.ok || answer.redirected) throw 0;
      swap(act.swap, await answer.text());
    } catch { page.plainly(form, button); }
  }
  /* Without a name nothing is kept: it waits in this page alone. */
  async function quiet(form, act) {
    const list = doc.querySelector(form.dataset.send);
    act.turn = act.id; act.piece = true;
    const item = pencil(act, list), field = form.querySelector("textarea[name=text]");
    const waits = said("quiet") || said("waits");
    line(item, said("waits"));
    form.reset(); page.renew(form); form.querySelectorAll("textarea").forEach(page.grow);
    for (let wait = 4e3; ; wait = Math.min(wait * 2, LONG)) {
      const body = new FormData();
      act.fields.forEach(([name, value]) => body.append(name, value));
      body.append("csrfmiddlewaretoken", page.token());
      try {
        const answer = await fetch(act.to, {method: "POST", body, credentials: "same-origin", headers: {"HX-Request": "true"}}), html = await answer.text();
        if (answer.ok && !page.lost(answer)) { item.remove(); return answer.redirected ? page.go(answer.url) : place(list, fragment(html), null); }
        if (answer.status < 500 && answer.status != 429) {
          const back = () => { if (field && !field.value) { field.value = act.text; item.remove(); field.focus(); page.grow(field); } };
          return line(item, page.lost(answer) || answer.status == 403 ? said("out") : said("needs") + ": " + page.why(html), ["change", back]);
        }
      } catch { /* no signal */ }
      line(item, waits);
      await new Promise(done => { const go = () => { removeEventListener("online", go); done(); }; addEventListener("online", go); setTimeout(go, wait); });
    }
  }
  function note(form, text) {
    const box = form.querySelector(".held-note") || doc.createElement("p");
    box.className = "notice held-note"; box.dataset.own = ""; box.setAttribute("role", "alert"); box.textContent = text;
    form.append(box);
    box.scrollIntoView({block: "nearest"});
  }

  /* ---- "change": the words, choices and files go back into their form */
  async function mend() {
    const turn = +(location.hash.match(/^#change-(\d+)$/) || [])[1], act = turn && await get(turn);
    if (!act || act.who != me) return;
    const fits = one => path(one.action) == path(act.to) && act.fields.some(([name]) => name != "id" && one.elements[name]);
    const form = [...doc.querySelectorAll("form[data-outbox]:not([data-swap])")].find(fits);
    if (!form) return;
    form.mends = turn;
    for (const field of form.elements) {
      const values = act.fields.filter(([name]) => name == field.name && field.name != "csrfmiddlewaretoken").map(([, value]) => value);
      if (field.type == "file") {
        if (!window.DataTransfer || !values.length) continue;
        const hold = new DataTransfer();
        values.filter(value => typeof value != "string").forEach(value => hold.items.add(value));
        field.files = hold.files;
        field.dispatchEvent(new Event("change"));
      } else if (field.type == "checkbox" || field.type == "radio") field.checked = values.includes(field.value);
      else if (values.length && field.type != "submit") field.value = values[0];
    }
    history.replaceState(null, "", here);
    const field = form.querySelector("textarea,input:not([type=hidden])");
    if (field) { field.focus(); if (field.tagName == "TEXTAREA") page.grow(field); }
    if (act.said) note(form, act.said);
  }

  /* ---- leaving this phone while something waits: asked first */
  async function leave(form, button) {
    const count = await page.held().catch(() => 0);
    if (!count) return page.plainly(form, button);
    const box = doc.createElement("div"), text = doc.createElement("p"), doings = doc.createElement("div");
    doc.getElementById("held-leave")?.remove();
    box.id = "held-leave"; box.dataset.own = ""; box.className = "notice"; box.setAttribute("role", "alert"); doings.className = "acts";
    text.textContent = `${said("leave")} (${count})`;
    const doing = (name, kind, act) => { const one = doc.createElement("button"); one.type = "button"; one.className = kind; one.textContent = said(name); one.onclick = act; doings.append(one); return one; };
    const first = doing("first", "btn", async () => {
      first.disabled = true;
      await drain(true);
      first.disabled = false;
      if (await page.held()) { text.textContent = said("still"); await flag(); } else page.plainly(form, button);
    });
    doing("leaving", "btn alt", () => page.plainly(form, button));
    doing("remain", "btn alt", () => box.remove());
    box.append(text, doings);
    form.before(box);
    first.focus();
  }

  addEventListener("online", () => drain(true));
  doc.addEventListener("visibilitychange", () => { if (!doc.hidden) drain(); });
  addEventListener("pagehide", () => sync());
  Object.assign(self.outbox, {submit, leave, note, said, show, anew, why});
  /* What an earlier version kept, once. */
  (async () => {
    for (const old of page.store.get("w" + me) || []) {
      await put({...old, id: id7(), who: me, from: old.to, at: Date.now(), state: "waiting", tries: 1, due: 0, why: "", said: "", lane: (old.to.match(/^\/c\/[\w-]{22}/) || [""])[0], send: true, swap: "", piece: true, title: "", size: 0});
    }
    page.store.set("w" + me, null);
    await page.words();
    dispatchEvent(new Event("outboxready"));
    await show();
    await mend();
    if (me) await drain();
  })().catch(() => 0);
}

self.outbox = {MOST, all, get, put, take, change, drain, sync, hear: hear => hearers.push(hear)};
if (page) inPage();
if (!page) addEventListener("sync", event => {
  if (event.tag == "outbox") event.waitUntil(drain().then(left => { if (left) throw new Error("something waits"); }));
});
})();
