// A map that comes nearer: wheel, pinch, drag, the keys + - 0 and arrows. Without this script the
// links on the map (block, circle, cluster) lead to larger drawings all the same.
for (const figure of document.querySelectorAll("[data-zoom]")) {
  const svg = figure.querySelector("svg"), [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  let x = 0, y = 0, zoom = 1, moved = false, span = 0;
  const fingers = new Map();
  const show = () => {
    const w = width / zoom, h = height / zoom;
    x = Math.min(Math.max(x, 0), width - w);
    y = Math.min(Math.max(y, 0), height - h);
    svg.setAttribute("viewBox", [x, y, w, h].join(" "));
    // Letters and diamonds keep their size on the screen.
    svg.style.setProperty("--z", zoom);
    for (const mark of svg.querySelectorAll(".ce")) mark.style.transform = zoom > 1 ? `scale(${1 / zoom})` : "";
    // As long as all of it is seen, a finger scrolls the page.
    svg.style.touchAction = zoom > 1 ? "none" : "pan-y";
    svg.style.overflow = zoom > 1 ? "hidden" : "";
  };
  const near = (by, px = .5, py = .5) => {
    const before = zoom;
    zoom = Math.min(Math.max(zoom * by, 1), 32);
    x += px * width * (1 / before - 1 / zoom);
    y += py * height * (1 / before - 1 / zoom);
    show();
  };
  const go = (dx, dy) => { x += dx * width / zoom; y += dy * height / zoom; show(); };
  const whole = () => { zoom = 1; x = y = 0; show(); };
  const at = event => { const box = svg.getBoundingClientRect(); return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]; };

  svg.addEventListener("wheel", event => {
    // The wheel scrolls the page, until the map was chosen or Ctrl is held.
    if (!event.ctrlKey && !figure.contains(document.activeElement)) return;
    event.preventDefault();
    near(event.deltaY < 0 ? 1.25 : .8, ...at(event));
  }, {passive: false});

  const wide = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a[0] - b[0], a[1] - b[1]); };
  svg.addEventListener("pointerdown", event => {
    fingers.set(event.pointerId, at(event));
    moved = false;
    if (fingers.size == 2) span = wide();
  });
  svg.addEventListener("pointermove", event => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const [px, py] = at(event);
    if (!moved && Math.hypot(px - last[0], py - last[1]) < .01) return;
    if (!moved && svg.setPointerCapture) svg.setPointerCapture(event.pointerId);
    moved = true;
    fingers.set(event.pointerId, [px, py]);
    if (fingers.size == 2) {
      const now = wide(), [a, b] = [...fingers.values()];
      near(now / (span || now), (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
      span = now;
    } else if (zoom > 1) go(last[0] - px, last[1] - py);
  });
  for (const kind of ["pointerup", "pointercancel"]) svg.addEventListener(kind, event => fingers.delete(event.pointerId));
  document.addEventListener("pointerup", event => fingers.delete(event.pointerId));
  // A drag that ends on a cluster does not open it; a link is not dragged away.
  svg.addEventListener("click", event => { if (moved) { event.preventDefault(); moved = false; } }, true);
  svg.addEventListener("dragstart", event => event.preventDefault());

  const keys = {"+": () => near(1.5), "=": () => near(1.5), "-": () => near(1 / 1.5), "0": whole, ArrowLeft: () => go(-.15, 0), ArrowRight: () => go(.15, 0), ArrowUp: () => go(0, -.15), ArrowDown: () => go(0, .15)};
  figure.addEventListener("keydown", event => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || (event.key.startsWith("Arrow") && zoom == 1)) return;
    event.preventDefault();
    act();
  });
  figure.tabIndex = 0;

  const row = document.createElement("div");
  row.className = "near";
  for (const [sign, words, act] of [["+", figure.dataset.in, () => near(1.5)], ["−", figure.dataset.out, () => near(1 / 1.5)], ["⤢", figure.dataset.all, whole]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", words);
    button.addEventListener("click", act);
    row.append(button);
  }
  figure.append(row);
  show();
}
