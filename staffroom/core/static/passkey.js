/* Passkeys. A form with data-passkey fetches its options, asks the phone, and sends what it answers. */
(() => {
"use strict";
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), char => char.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = list => (list || []).map(one => ({...one, id: bytes(one.id)}));

async function make({publicKey: key}) {
  return navigator.credentials.create({publicKey: {...key, challenge: bytes(key.challenge), user: {...key.user, id: bytes(key.user.id)}, excludeCredentials: known(key.excludeCredentials)}});
}
async function get({publicKey: key}) {
  return navigator.credentials.get({publicKey: {...key, challenge: bytes(key.challenge), allowCredentials: known(key.allowCredentials)}});
}
function plain(answer) {
  const out = {id: answer.id, rawId: text(answer.rawId), type: answer.type, authenticatorAttachment: answer.authenticatorAttachment, clientExtensionResults: answer.getClientExtensionResults(), response: {}};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer.response[part]) out.response[part] = text(answer.response[part]);
  }
  return out;
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    event.stopImmediatePropagation();
    const told = form.querySelector("[role=status]");
    try {
      const answer = await fetch(form.dataset.passkey, {credentials: "same-origin"});
      const made = await ("new" in form.dataset ? make : get)(await answer.json());
      form.elements.credential.value = JSON.stringify(plain(made));
      form.submit();
    } catch { told.hidden = false; }
  });
}
})();
