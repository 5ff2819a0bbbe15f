/* The phones of the demo: newest in sight, and looked at again every three seconds while the page is seen. */
(() => {
"use strict";
const talks = () => [...document.querySelectorAll(".talk")];
const down = talk => { talk.scrollTop = talk.scrollHeight; };
talks().forEach(down);
async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, {headers: {"HX-Request": "true"}});
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const talk of talks()) {
      const now = fresh.getElementById(talk.id);
      if (!now || now.textContent == talk.textContent) continue;
      const chosen = talk.querySelector("input:checked")?.value;
      const low = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 60;
      talk.replaceChildren(...now.childNodes);
      const again = chosen && [...talk.querySelectorAll("input")].find(input => input.value == chosen);
      if (again) again.checked = true;
      if (low) down(talk);
    }
  } catch { /* the demo was stopped */ }
}
setInterval(look, 3000);
})();
