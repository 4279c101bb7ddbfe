// Asks the browser for a passkey and sends what its device answers. Without it, or where the
// browser cannot, pages offer the password and an app for codes.

for (const section of document.querySelectorAll("[data-passkey]")) {
  if (!usable(section.dataset.host)) continue;
  section.hidden = false;
  document.querySelectorAll("[data-passkey-instead]").forEach((one) => one.remove());
  document.querySelectorAll("[data-passkey-other]").forEach((one) => {
    one.classList.add("govuk-button--secondary"); // one main button on a page
  });
  section.querySelector("form").addEventListener("submit", (event) => answer(event, section));
}

// A passkey belongs to a host name: on a page of another, the browser would only refuse.
function usable(host) {
  const here = window.location.hostname;
  return Boolean(window.isSecureContext && window.PublicKeyCredential && navigator.credentials)
    && (here === host || here.endsWith(`.${host}`));
}

async function answer(event, section) {
  const form = event.target;
  if (form.elements.name && !form.elements.name.value.trim()) return; // the server asks for it
  event.preventDefault();
  const button = form.querySelector("button");
  if (button.disabled) return;
  button.disabled = true;
  say(section, "waiting");
  try {
    form.elements.answer.value = JSON.stringify(await ceremony(section, form));
    form.submit();
  } catch (wrong) {
    button.disabled = false;
    say(section, sentence(wrong));
    button.focus();
  }
}

async function ceremony(section, form) {
  const response = await fetch(section.dataset.ask, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    redirect: "error",
  });
  if (response.status === 429) throw new Error("busy");
  if (!response.ok) throw new TypeError("not answered");
  const publicKey = fromJson(await response.json());
  const made = await (section.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey })
    : navigator.credentials.get({ publicKey }));
  return toJson(made);
}

function sentence(wrong) {
  if (wrong.message === "busy") return "busy";
  if (wrong instanceof TypeError) return "offline";
  return wrong.name === "InvalidStateError" ? "known" : "silent";
}

function say(section, what) {
  section.querySelectorAll(".loc-passkey-says").forEach((line) => {
    line.textContent = line.dataset[what] ?? "";
  });
}

// --- bytes as text and back: not every browser has the newer functions for it ---

function fromJson(options) {
  const listed = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = listed(options.allowCredentials);
  return options;
}

function toJson(made) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const response = {};
  for (const part of parts) {
    if (made.response[part]) response[part] = text(made.response[part]);
  }
  return { id: made.id, rawId: text(made.rawId), type: made.type, response };
}

function bytes(written) {
  const plain = atob(written.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

function text(buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
