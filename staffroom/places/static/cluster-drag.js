// A school is dragged to another cluster: what it costs is said while it is over it. With keys:
// arrows choose a school, Enter takes it, arrows go through the clusters, Enter drops, Escape leaves.
// What is sent is the form of the school's own page; the server counts again and may refuse.
for (const figure of document.querySelectorAll("[data-drag]")) {
  const svg = figure.querySelector("svg"), said = figure.querySelector("[role=status]"), form = figure.querySelector("form");
  const words = figure.dataset, least = +words.least, most = +words.most;
  const radians = Math.PI / 180, place = text => text.split(",").map(Number);
  const figures = new Intl.NumberFormat(document.documentElement.lang, {minimumFractionDigits: 1, maximumFractionDigits: 1});
  const km = metres => figures.format(metres / 1000);
  const lands = [...svg.querySelectorAll("[data-land]")].map(g => ({g, key: g.dataset.land, n: g.dataset.number, size: +g.dataset.size, at: place(g.dataset.at), dots: [...svg.querySelectorAll(`[data-dots="${g.dataset.land}"] .dg`)]}));
  const dots = [].concat(...lands.map(land => land.dots.map(el => ({el, land, x: +el.getAttribute("cx"), y: +el.getAttribute("cy")}))));
  // The sea of the map is whoever's school is nearest: hulls may lie on one another.
  const spots = dots.concat(lands.map(land => ({land, x: +land.g.dataset.x, y: +land.g.dataset.y})));
  let held = null, over = null, chosen = -1, sent = false;

  // As the server counts: 2R·asin of half the chord, whole metres.
  const vector = ([y, x]) => [Math.cos(y * radians) * Math.cos(x * radians), Math.cos(y * radians) * Math.sin(x * radians), Math.sin(y * radians)];
  const metres = (one, other) => {
    const a = vector(one), b = vector(other);
    return Math.round(2 * 6371008.8 * Math.asin(Math.min(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) / 2, 1)));
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => key in values ? values[key] : all);
  const say = text => { if (said.textContent !== text) said.textContent = text; };
  const why = (dot, land) => dot.land.size - 1 < least ? fill(words.few, {n: dot.land.n, size: dot.land.size - 1, least})
    : land.size + 1 > most ? fill(words.full, {n: land.n, size: land.size + 1, most}) : "";
  const cost = (dot, land) => {
    const way = metres(place(dot.el.dataset.at), land.at), more = way - +dot.el.dataset.metres;
    const text = more > 0 ? words.more : more < 0 ? words.less : words.same;
    return fill(text, {school: dot.el.dataset.name, n: land.n, km: km(way), change: km(Math.abs(more)), size: land.size + 1});
  };
  const mark = land => {
    over = land;
    for (const each of lands) each.g.classList.toggle("over", each === land && held && land !== held.land);
    if (!held) return;
    if (!land || land === held.land) return say(fill(words.held, {school: held.el.dataset.name, n: held.land.n}));
    say(why(held, land) || cost(held, land));
  };
  const put = (dot, x, y) => { dot.el.setAttribute("cx", x); dot.el.setAttribute("cy", y); };
  const take = dot => { held = dot; dot.el.classList.add("held"); mark(null); };
  const leave = () => {
    if (!held) return;
    put(held, held.x, held.y);
    held.el.classList.remove("held");
    held = null;
    mark(null);
  };
  const drop = land => {
    const dot = held;
    if (sent || !dot) return;
    if (!land || land === dot.land || why(dot, land)) {
      const told = said.textContent;
      leave();
      // Why it cannot be stays to be read.
      return say(land && land !== dot.land ? told : words.start);
    }
    sent = true;
    form.action = words.url + dot.el.dataset.school;
    form.elements.to.value = land.key;
    form.submit();
  };
  // A page that comes back from the browser's memory begins anew.
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  const spot = event => {
    const box = svg.getBoundingClientRect(), view = svg.viewBox.baseVal;
    // The drawing stands in the middle of its box, at one scale.
    const scale = Math.min(box.width / view.width, box.height / view.height);
    return [(event.clientX - box.left - (box.width - view.width * scale) / 2) / scale, (event.clientY - box.top - (box.height - view.height * scale) / 2) / scale];
  };
  const landAt = (x, y, but) => {
    let best = null, far = 60;
    for (const each of spots) {
      if (each === but) continue;
      const d = Math.hypot(each.x - x, each.y - y);
      if (d < far) [best, far] = [each.land, d];
    }
    return best;
  };
  if (window.PointerEvent) svg.addEventListener("pointerdown", event => {
    if (event.button || sent) return;
    const [x, y] = spot(event);
    // A finger is wide: the nearest school within reach of it.
    let dot = null, far = event.pointerType === "touch" ? 14 : 8;
    for (const each of dots) {
      const d = Math.hypot(each.x - x, each.y - y);
      if (d < far) [dot, far] = [each, d];
    }
    if (!dot) return;
    event.preventDefault();
    leave();
    take(dot);
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", event => {
    if (!held || !svg.hasPointerCapture || !svg.hasPointerCapture(event.pointerId)) return;
    const [x, y] = spot(event);
    put(held, x, y);
    mark(Math.hypot(x - held.x, y - held.y) < 6 ? null : landAt(x, y, held));
  });
  svg.addEventListener("pointerup", event => { if (held && svg.hasPointerCapture(event.pointerId)) drop(over); });
  svg.addEventListener("pointercancel", leave);
  // On a touch screen a finger on a school drags it; anywhere else it scrolls the page.
  svg.addEventListener("touchstart", event => { if (held && event.cancelable) event.preventDefault(); }, {passive: false});

  const show = index => {
    chosen = (index + dots.length) % dots.length;
    dots.forEach((dot, n) => dot.el.classList.toggle("on", n === chosen));
    const dot = dots[chosen];
    say(fill(words.school, {school: dot.el.dataset.name, n: dot.land.n, km: km(+dot.el.dataset.metres)}));
  };
  const STEP = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.removeAttribute("aria-hidden");
  svg.setAttribute("aria-label", words.label);
  svg.addEventListener("keydown", event => {
    if (!dots.length || sent || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = STEP[event.key];
    if (step && held) {
      const others = lands.filter(land => land !== held.land);
      const next = others[(others.indexOf(over) + step + others.length + (over ? 0 : step < 0 ? 1 : 0)) % others.length];
      if (next) { put(held, +next.g.dataset.x, +next.g.dataset.y); mark(next); }
    } else if (step) show(chosen < 0 ? 0 : chosen + step);
    else if (event.key === "Enter" || event.key === " ") held ? drop(over) : take(dots[Math.max(chosen, 0)]);
    else if (event.key === "Escape" && held) { leave(); say(words.start); }
    else return;
    event.preventDefault();
  });
  figure.querySelector(".how").hidden = false;
  say(words.start);
}
