/* Stands between the pages and the signal. What is done with a request is one of RULES. */
"use strict";
importScripts("OUTBOX");
const MARK = {"X-Worker": "1"};

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));

/* Always fresh from the house; the browser still tells which page it has, so only what changed is sent. */
async function page(request) {
  const answer = await fetch(new Request(request.url, {cache: "reload", credentials: "same-origin", headers: {...Object.fromEntries(request.headers), ...MARK}}));
  /* A redirected answer may not be given to a navigation: made anew, without its history. */
  return answer.redirected ? Response.redirect(answer.url) : answer;
}

addEventListener("fetch", event => {
  const {request} = event;
  if (request.mode == "navigate" && request.method == "GET" && new URL(request.url).origin == location.origin) event.respondWith(page(request));
});
