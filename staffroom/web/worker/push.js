/* ---- a notification: its words come closed from the house; without any it says only that there is something */
addEventListener("push", event => {
  let said = {};
  try { said = event.data.json(); } catch { /* none, or not ours */ }
  event.waitUntil(registration.showNotification("Staffroom", {body: said.b || "", tag: said.g || "new", lang: said.l || "", dir: said.d || "auto", data: {to: said.u || "/"}}));
});
/* A tap opens the page it is about, in what is open already if there is anything; never another site. */
addEventListener("notificationclick", event => {
  event.notification.close();
  const to = new URL((event.notification.data || {}).to || "/", location.origin);
  if (to.origin != location.origin) return;
  event.waitUntil((async () => {
    const [page] = await clients.matchAll({type: "window", includeUncontrolled: true});
    try {
      await page.focus();
      await page.navigate(to.href);
    } catch { await clients.openWindow(to.href); }
  })());
});
