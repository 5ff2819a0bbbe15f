/* Photos are made small on the phone before they cost anything; without this the server does it. */
(() => {
"use strict";
const SIDE = 1280, canvas = () => document.createElement("canvas");
const kb = size => `${Math.max(1, Math.round(size / 1000))} KB`;
const bitmap = file => createImageBitmap(file, {imageOrientation: "from-image"});
const blob = (sheet, type, quality) => new Promise(done => sheet.toBlob(done, type, quality));

/* Drawn onto a new sheet: place, time and phone that the file told stay behind. */
async function shrink(file) {
  const picture = await bitmap(file), by = Math.min(1, SIDE / Math.max(picture.width, picture.height));
  const sheet = canvas();
  sheet.width = Math.max(1, Math.round(picture.width * by));
  sheet.height = Math.max(1, Math.round(picture.height * by));
  const pen = sheet.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
  picture.close();
  let out;
  for (const quality of [0.75, 0.55, 0.35]) {
    out = await blob(sheet, "image/webp", quality);
    if (!out || out.type != "image/webp") out = await blob(sheet, "image/jpeg", quality);
    if (!out || out.size < 160e3) break;
  }
  return out ? new File([out], out.type == "image/webp" ? "photo.webp" : "photo.jpg", {type: out.type}) : file;
}

/* A voice or paper that was chosen is shown with its weight, and can be left out again. */
function rows(tray, form) {
  const list = document.createElement("ul");
  list.className = "shots"; list.hidden = true; tray.append(list);
  for (const input of form.querySelectorAll("input[data-row]")) {
    input.classList.add("vh");
    const show = () => {
      list.querySelectorAll(`[data-of=${input.name}]`).forEach(row => row.remove());
      for (const file of input.matches("[data-own]") ? [] : input.files) {
        const row = document.createElement("li"), name = document.createElement("bdi"), size = document.createElement("span"), off = document.createElement("button");
        row.className = "r"; row.dataset.of = input.name;
        name.textContent = file.name;
        size.textContent = kb(file.size); size.dir = "ltr";
        off.type = "button"; off.className = "btn alt"; off.textContent = tray.dataset.gone;
        off.setAttribute("aria-label", `${tray.dataset.gone}: ${file.name}`);
        off.onclick = () => {
          const hold = new DataTransfer();
          [...input.files].filter(other => other != file).forEach(other => hold.items.add(other));
          input.files = hold.files; show(); input.focus();
        };
        row.append(name, size, off); list.append(row);
      }
      list.hidden = !list.children.length;
    };
    input.addEventListener("change", () => { input.closest("details")?.removeAttribute("open"); show(); });
    form.addEventListener("reset", () => setTimeout(show));
    if (input.files.length) show();
  }
}

for (const tray of document.querySelectorAll(".tray")) {
  if (window.DataTransfer) rows(tray, tray.closest("form"));
  const form = tray.closest("form"), input = form.querySelector("input[type=file][name=photo]"), list = tray.querySelector(".shots");
  if (!input || !window.DataTransfer || !window.createImageBitmap) continue;
  const room = +tray.dataset.photos;
  let chosen = [], work = 0, urls = [];
  input.classList.add("vh");

  function show(note) {
    const hold = new DataTransfer();
    chosen.forEach(file => hold.items.add(file));
    input.files = hold.files;
    urls.splice(0).forEach(url => URL.revokeObjectURL(url));
    list.replaceChildren(...chosen.map((file, place) => {
      const row = document.createElement("li"), img = new Image(), size = document.createElement("span"), off = document.createElement("button");
      row.className = "r";
      urls.push(img.src = URL.createObjectURL(file));
      img.alt = "";
      size.textContent = kb(file.size);
      size.dir = "ltr";
      off.type = "button"; off.className = "btn alt"; off.textContent = tray.dataset.gone;
      off.setAttribute("aria-label", `${tray.dataset.gone}: ${place + 1}, ${kb(file.size)}`);
      off.onclick = () => { chosen.splice(place, 1); show(); input.focus(); };
      row.append(img, size, off);
      return row;
    }));
    if (note) {
      const row = document.createElement("li"), words = document.createElement("p");
      words.className = "s b"; words.setAttribute("role", "status"); words.textContent = note;
      row.append(words); list.append(row);
    }
    list.hidden = !list.children.length;
    /* Of a photo one is asked whether a pupil can be known on it. */
    const asked = tray.querySelector(".shows"), answer = asked?.querySelector("select");
    if (asked && !form.querySelector("[name=photo_id]")) {
      asked.hidden = !chosen.length;
      answer.required = !!chosen.length;
    }
  }

  input.addEventListener("change", async () => {
    const fresh = [...input.files].filter(file => !chosen.includes(file));
    work++;
    input.closest("details")?.removeAttribute("open");
    show(tray.dataset.busy);
    /* What this browser cannot read goes as it is: the server reads more, and says why not. */
    const small = await Promise.all(fresh.map(file => shrink(file).catch(() => file)));
    const over = chosen.length + small.length > room;
    chosen = [...chosen, ...small].slice(0, room);
    work--;
    show(work ? tray.dataset.busy : over ? tray.dataset.most : "");
    if (!work) form.dispatchEvent(new Event("photosready"));
  });
  form.addEventListener("reset", () => { chosen = []; setTimeout(show); });
  /* Sent while one is still being made small: it goes when that is done. */
  form.addEventListener("submit", event => {
    if (!work) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const by = event.submitter;
    form.addEventListener("photosready", () => form.requestSubmit(by), {once: true});
  }, true);
  /* Chosen before this script had come. */
  if (input.files.length) input.dispatchEvent(new Event("change"));
}
})();
