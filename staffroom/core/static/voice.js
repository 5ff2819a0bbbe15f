/* A voice note recorded on the phone: small from the start, heard before it is sent. Fetched when the button is first pressed. */
(() => {
"use strict";
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const two = seconds => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

for (const button of document.querySelectorAll("button.rec")) {
  const form = button.closest("form"), box = form.querySelector(".recorder"), input = form.querySelector("input[name=voice]");
  if (!box || !input) continue;
  const find = what => box.querySelector(what), most = +box.dataset.most;
  const clock = find(".n"), meter = find("meter"), say = find("[role=status]"), audio = find("audio"), stop = find("[data-stop]"), off = find("[data-off]");
  let recorder, ear, tick, began, unwanted;

  function quiet() {
    clearInterval(tick);
    recorder?.stream.getTracks().forEach(track => track.stop());
    ear?.close();
    recorder = ear = null;
  }
  function put(file) {
    const hold = new DataTransfer();
    if (file) hold.items.add(file);
    input.toggleAttribute("data-own", !!file);
    input.files = hold.files;
    input.dispatchEvent(new Event("change"));
  }
  function clear() {
    unwanted = true;
    if (recorder?.state == "recording") recorder.stop();
    quiet();
    URL.revokeObjectURL(audio.src);
    audio.removeAttribute("src");
    box.hidden = true;
  }
  function level(stream) {
    ear = new AudioContext();
    const listener = ear.createAnalyser(), wave = new Uint8Array(listener.fftSize = 512);
    ear.createMediaStreamSource(stream).connect(listener);
    return () => { listener.getByteTimeDomainData(wave); return Math.max(...wave.map(at => Math.abs(at - 128))) / 128; };
  }
  async function start() {
    if (recorder) return;
    button.closest("details")?.removeAttribute("open");
    clear(); put(null);
    box.hidden = false; audio.hidden = true; unwanted = false; clock.textContent = ""; say.textContent = "";
    let stream;
    try { stream = await navigator.mediaDevices.getUserMedia({audio: {channelCount: 1, noiseSuppression: true}}); }
    catch { stop.hidden = meter.hidden = true; say.textContent = box.dataset.no; off.focus(); return; }
    const kind = KINDS.find(kind => MediaRecorder.isTypeSupported(kind)), parts = [];
    recorder = new MediaRecorder(stream, {mimeType: kind, audioBitsPerSecond: 12e3});
    recorder.ondataavailable = event => parts.push(event.data);
    recorder.onstop = () => finish(new Blob(parts, {type: kind?.split(";")[0] || "audio/webm"}));
    recorder.start();
    began = Date.now();
    const loud = level(stream);
    tick = setInterval(() => {
      const seconds = (Date.now() - began) / 1e3;
      clock.textContent = `${two(seconds)} / ${two(most)}`;
      meter.value = loud();
      if (seconds >= most) recorder?.stop();
    }, 100);
    stop.hidden = meter.hidden = false;
    say.textContent = box.dataset.going;
    stop.focus();
  }
  function finish(blob) {
    const seconds = Math.min(most, (Date.now() - began) / 1e3);
    quiet();
    if (unwanted) return;
    const end = blob.type.endsWith("mp4") ? "m4a" : blob.type.endsWith("ogg") ? "ogg" : "webm";
    put(new File([blob], `voice.${end}`, {type: blob.type}));
    audio.src = URL.createObjectURL(blob);
    audio.hidden = false; stop.hidden = meter.hidden = true;
    clock.textContent = `${two(seconds)} · ${Math.max(1, Math.round(blob.size / 1e3))} KB`;
    say.textContent = box.dataset.done;
    form.dispatchEvent(new Event("voiceready"));
  }

  button.addEventListener("click", start);
  stop.addEventListener("click", () => { recorder?.stop(); off.focus(); });
  off.addEventListener("click", () => { clear(); put(null); form.querySelector("[name=text]")?.focus(); });
  form.addEventListener("reset", () => { clear(); input.removeAttribute("data-own"); });
  /* A sound file chosen instead takes the place of what was recorded. */
  input.addEventListener("change", event => { if (event.isTrusted) { clear(); input.removeAttribute("data-own"); } }, true);
  /* Sent while it still records: it goes when that has ended. */
  form.addEventListener("submit", event => {
    if (recorder?.state != "recording") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const by = event.submitter;
    form.addEventListener("voiceready", () => form.requestSubmit(by), {once: true});
    recorder.stop();
  }, true);
}
})();
