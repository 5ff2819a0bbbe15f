/* The list of a day, and "I am here": quicker, and without signal as with it. Both work without this.
   What is tapped waits in the outbox like anything else (data-outbox); here it only looks done at once. */
(() => {
"use strict";
const doc = document, names = doc.getElementById("names"), scan = doc.getElementById("scan");
const plain = text => text.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");

/* ---- "I am here": the code stands behind the # of what the camera read, so the kept page takes it too */
const arrive = doc.getElementById("arrive");
if (arrive) {
  const take = () => {
    const word = plain(decodeURIComponent(location.hash.slice(1)));
    if (word.length != 6) return;
    arrive.elements.code.value = word;
    arrive.querySelector("button").focus();
  };
  addEventListener("hashchange", take);
  take();
}
if (!names) return;

/* ---- a tap is seen at once; the answer of the house, whenever it comes, is what stays */
function press(button) {
  const line = button.closest("li"), undo = line.querySelector("button.link");
  line.querySelectorAll("[aria-pressed]").forEach(each => each.setAttribute("aria-pressed", each == button));
  if (undo) undo.hidden = button == undo;
}
names.addEventListener("click", event => {
  const button = event.target.closest("button[formaction]");
  if (button) press(button);
});
/* Opened again without signal: beside what waits the outbox writes that it waits. */
new MutationObserver(changes => changes.forEach(({addedNodes}) => addedNodes.forEach(node => {
  const button = node.id && node.id.startsWith("w-") && node.previousElementSibling;
  if (button && button.hasAttribute("formaction")) press(button);
}))).observe(names, {childList: true, subtree: true});

/* ---- a participant's code, typed or scanned: the line is on this page, so no signal is needed */
const said = doc.getElementById("scanned");
function tick(text) {
  const word = plain(text), line = word.length == 6 && names.querySelector(`[data-code="${word}"]`);
  said.textContent = line ? `${scan.dataset.here} ${line.querySelector(".by").textContent}` : scan.dataset.none;
  const button = line && line.querySelector("[aria-pressed]");
  if (button && button.getAttribute("aria-pressed") != "true") {
    /* The same tap, by the form that says it was the person's own code. */
    button.setAttribute("form", "by-card");
    button.click();
  }
  return line;
}
/* Before app.js sends it: a line found here is ticked as if tapped. Others are asked of the house. */
scan.addEventListener("submit", event => {
  const field = scan.elements.code;
  if (!tick(field.value)) return;
  event.preventDefault();
  field.value = "";
  field.focus();
});

const camera = doc.getElementById("camera");
if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
camera.hidden = false;
let stream, video;
function stop() {
  if (stream) stream.getTracks().forEach(track => track.stop());
  if (video) video.remove();
  stream = video = null;
}
camera.querySelector("button").onclick = async () => {
  if (stream) return stop();
  try {
    const eye = new BarcodeDetector({formats: ["qr_code"]});
    stream = await navigator.mediaDevices.getUserMedia({video: {facingMode: "environment"}});
    video = doc.createElement("video");
    video.muted = true; video.playsInline = true; video.width = Math.min(280, scan.clientWidth - 80); video.srcObject = stream;
    said.after(video);
    await video.play();
    let last = "";
    while (stream) {
      const [found] = await eye.detect(video).catch(() => []);
      /* The same card still before the camera is not scanned again. */
      if (found && found.rawValue != last) { last = found.rawValue; if (tick(last) && navigator.vibrate) navigator.vibrate(60); }
      await new Promise(done => setTimeout(done, 250));
    }
  } catch { stop(); }
};
/* The camera is not left on behind a page that nobody sees. */
doc.addEventListener("visibilitychange", () => { if (doc.hidden) stop(); });
})();
