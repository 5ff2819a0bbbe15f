/* Notifications: after a tap the browser asks its own question, then gives an address that we keep. */
(() => {
"use strict";
const form = document.querySelector("form[data-notify]"), off = document.querySelector("form[data-notify-off]");
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), char => char.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const current = async () => (await (await navigator.serviceWorker.ready).pushManager.getSubscription());

if (form && !can) document.querySelector("[data-notify-not]").hidden = false;
if (form && can) {
  const say = name => form.querySelectorAll("[data-said]").forEach(line => { line.hidden = line.dataset.said != name; });
  form.hidden = false;
  if (Notification.permission == "denied") say("denied");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    say("");
    if (await Notification.requestPermission() != "granted") return say("denied");
    try {
      /* One that was made for somebody else on this phone, or for an old key, is not taken over. */
      await (await current())?.unsubscribe();
      const {pushManager} = await navigator.serviceWorker.ready;
      const made = await pushManager.subscribe({userVisibleOnly: true, applicationServerKey: bytes(form.dataset.notify)});
      form.elements.endpoint.value = made.endpoint;
      form.elements.p256dh.value = text(made.getKey("p256dh"));
      form.elements.auth.value = text(made.getKey("auth"));
      form.submit();
    } catch { say("failed"); }
  });
}
if (off && can) {
  current().then(made => { if (!made || Notification.permission != "granted") document.querySelector("[data-renew]").hidden = false; });
  /* The browser forgets it too; if it does not, nothing is sent there any more. */
  off.addEventListener("submit", () => { current().then(made => made?.unsubscribe()).catch(() => 0); });
}
})();
