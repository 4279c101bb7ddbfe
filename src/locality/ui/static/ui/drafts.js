// Drafts: sent as they are written, tried again until they arrive, never lost on the way.
//
// What has not arrived yet is kept in this tab alone, for whoever wrote it, and is gone from it as
// soon as it arrives, when the draft is no more, when they sign out, or when somebody else signs in.

const body = document.body;
const WAITS = "waits ";
const unsaved = new Set();
const drafts = new Map();

// --- the server's key for forms, which scripts cannot read from its cookie ---

export function csrf() {
  return document.querySelector("input[name='csrfmiddlewaretoken']")?.value ?? "";
}

// --- unsaved words: ask before leaving ---

export function minding(form) {
  if (form.method !== "post" || !form.querySelector("textarea, [data-mind]")) return;
  form.addEventListener("input", () => unsaved.add(form));
  form.addEventListener("submit", () => unsaved.delete(form));
}

// From then on the next page may have been made before the last words arrived: they stay here.
let leavingNow = false;

window.addEventListener("beforeunload", (event) => {
  leavingNow = true;
  if (unsaved.size) event.preventDefault();
});

// --- what waits in this tab ---

function keep(key, url, words) {
  try {
    sessionStorage.setItem(WAITS + key, JSON.stringify({ who: body.dataset.writer, url, words }));
  } catch { /* no room, or not allowed: the page itself still holds it */ }
}

function forget(key) {
  if (leavingNow) return;
  try { sessionStorage.removeItem(WAITS + key); } catch { /* not allowed: nothing is there */ }
}

function waiting() {
  try {
    return Object.entries(sessionStorage)
      .filter(([key]) => key.startsWith(WAITS))
      .map(([key, value]) => [key.slice(WAITS.length), JSON.parse(value)]);
  } catch { return []; }
}

// Sends what an earlier page could not; throws away what somebody else left in this tab.
export function sendWhatWaits() {
  if (!body.dataset.writer) return;
  for (const [key, { who, url, words }] of waiting()) {
    if (who !== body.dataset.writer) forget(key);
    else if (!drafts.has(key)) post(url, words).then((arrived) => arrived && forget(key));
  }
}

// Whether the words need not be sent again: they arrived, or there is no such draft any more.
async function post(url, words) {
  try {
    const answer = await fetch(url, {
      method: "POST", body: new URLSearchParams(words), headers: { "X-CSRFToken": csrf() },
      credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(20000),
    });
    document.dispatchEvent(new Event("locality:answered"));
    return answer.ok || answer.status === 404;
  } catch { return false; }
}

// --- a form that is a draft ---

export function keepDraft(form) {
  const url = form.dataset.draftUrl, key = `${url} ${boxes(form)[0]?.name}`;
  const status = form.querySelector("[data-draft-status]") ?? newStatus(form);
  let timer, wait = 0, sending = null, changed = false;

  function soon(after) {
    clearTimeout(timer);
    timer = setTimeout(send, after);
  }

  function touched() {
    changed = true;
    leavingNow = false;
    keep(key, url, words(form));
    soon(1500);
  }

  async function send() {
    clearTimeout(timer);
    while (sending) await sending;
    changed = false;
    sending = post(url, words(form));
    const arrived = await sending;
    sending = null;
    wait = arrived ? 0 : Math.min((wait || 1000) * 2, 60000);
    if (arrived && !changed) { forget(key); unsaved.delete(form); }
    if (!arrived) { changed = true; soon(wait); }
    status.textContent = arrived ? `${body.dataset.saved} ${clock()}` : body.dataset.notSaved;
    status.classList.toggle("loc-draft--not", !arrived);
    return arrived;
  }

  drafts.set(key, { send, waits: () => changed });
  form.addEventListener("input", touched);
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("online", () => { if (changed) send(); });
  const left = new Map(waiting()).get(key);
  if (left?.who === body.dataset.writer) { fill(form, left.words); touched(); }
}

// --- nothing is sent into the void: words first, then the form ---

export function onlyWhenConnected(say) {
  let going = null;
  document.addEventListener("submit", async (event) => {
    const form = event.target, by = event.submitter;
    if (form.method !== "post" || form === going) return;
    const late = [...drafts.values()].filter((draft) => draft.waits());
    if (navigator.onLine && !late.length) return leaving(form);
    stop(event);
    const arrived = navigator.onLine && (await Promise.all(late.map((draft) => draft.send())));
    if (!arrived || arrived.includes(false)) return say(body.dataset.notSent);
    leaving(form);
    going = form;
    form.requestSubmit(by);
    going = null;
  }, true);
}

function leaving(form) {
  if ("signOut" in form.dataset) waiting().forEach(([key]) => forget(key));
}

function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// --- the words in a form ---

function boxes(form) {
  return [...form.elements].filter((box) => box.name && !/hidden|submit|file/.test(box.type));
}

function words(form) {
  const mine = new Set(boxes(form).map((box) => box.name));
  return [...new FormData(form)].filter(([name]) => mine.has(name));
}

function fill(form, words) {
  for (const box of boxes(form)) {
    const said = words.filter(([name]) => name === box.name).map(([, value]) => value);
    if (/radio|checkbox/.test(box.type)) box.checked = said.includes(box.value);
    else if (said.length) box.value = said[0];
  }
  form.closest("details")?.setAttribute("open", "");
}

function newStatus(form) {
  const status = document.createElement("p");
  status.className = "loc-draft";
  status.setAttribute("role", "status");
  (form.querySelector(".govuk-button-group") ?? form.lastElementChild).before(status);
  return status;
}

function clock() {
  const now = new Date();
  return [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");
}
