/* What this phone has counted of its own data (app.js), shown to its owner and sent nowhere. */
(() => {
"use strict";
const line = document.getElementById("counted");
if (!line) return;
let days = {};
try { days = JSON.parse(localStorage.getItem("b" + line.dataset.me)) || {}; } catch { /* nothing kept */ }
const today = new Date().toISOString().slice(0, 10), month = today.slice(0, 7);
const sum = wanted => Object.entries(days).reduce((all, [day, bytes]) => all + (day.startsWith(wanted) ? bytes : 0), 0);
const kb = bytes => `${Math.round(bytes / 1e3)} KB`, [now, all] = line.querySelectorAll("bdi");
if (!sum(month)) return;
now.textContent = kb(sum(today)); all.textContent = kb(sum(month));
line.hidden = false;
})();
