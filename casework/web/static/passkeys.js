// Passkeys with the PRF extension: the secret that opens the account is worked out by the device and sent with the
// form. A browser that cannot do this never sees the form; every other page works without this file.

const KEYS = window.PublicKeyCredential;
const able = KEYS?.parseRequestOptionsFromJSON && KEYS.prototype.toJSON && isSecureContext;
const SALT = new TextEncoder().encode("casework/1 passkey slot, first of");

const words = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const prf = { eval: { first: SALT } };
const secretOf = (made) => made.getClientExtensionResults().prf?.results?.first;

async function use(asked) {
  const publicKey = KEYS.parseRequestOptionsFromJSON(asked);
  return navigator.credentials.get({ publicKey: { ...publicKey, extensions: { prf } } });
}

// Some devices work the secret out when the passkey is made; others when it is used for the first time.
async function make(asked) {
  const publicKey = KEYS.parseCreationOptionsFromJSON(asked);
  const made = await navigator.credentials.create({ publicKey: { ...publicKey, extensions: { prf } } });
  if (secretOf(made)) return [made, secretOf(made)];
  const { challenge } = asked;
  const allowCredentials = [{ type: "public-key", id: made.id }];
  const used = await use({ challenge, rpId: asked.rp.id, allowCredentials, userVerification: "required" });
  return [made, secretOf(used)];
}

async function answer(form) {
  const asked = JSON.parse(form.dataset.asked);
  if (form.dataset.passkey === "create") return make(asked);
  const used = await use(asked);
  return [used, secretOf(used)];
}

for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const missed = form.querySelector("[data-passkey-missed]");
    try {
      const [made, secret] = await answer(form);
      if (!secret) throw new Error();
      form.elements.answer.value = JSON.stringify(made.toJSON());
      form.elements.prf.value = words(secret);
      form.requestSubmit(event.submitter);
    } catch {
      if (missed) missed.hidden = false;
    }
  }, { capture: true });
}
