// What JavaScript adds. Every page works without it; nothing here is kept in the browser.
import { initAll } from "../vendor/govuk-frontend.min.js";

const body = document.body;

function start(scope) {
  initAll({ scope });
  if (scope.querySelector("[data-module^='moj-']")) {
    import("../vendor/moj-frontend.min.js").then((moj) => moj.initAll({ scope }));
  }
  scope.querySelectorAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => window.print());
  });
  scope.querySelectorAll("form[data-draft-url]").forEach(keepDraft);
  scope.querySelectorAll("form").forEach(minding);
}

// --- the server's key for forms, which scripts cannot read from its cookie ---

function csrf() {
  return document.querySelector("input[name='csrfmiddlewaretoken']")?.value ?? "";
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:afterSwap", (event) => start(event.detail.target));
document.addEventListener("htmx:sendError", () => say(body.dataset.notSaved));

// --- unsaved words: ask before leaving ---

const unsaved = new Set();

function minding(form) {
  if (form.method !== "post" || !form.querySelector("textarea, [data-mind]")) return;
  form.addEventListener("input", () => unsaved.add(form));
  form.addEventListener("submit", () => unsaved.delete(form));
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// --- drafts: sent as they are written, tried again until they arrive ---

function keepDraft(form) {
  const status = form.querySelector("[data-draft-status]") ?? newStatus(form);
  let timer, wait = 0, sending = false, changed = false;

  function soon(after) {
    clearTimeout(timer);
    timer = setTimeout(send, after);
  }

  async function send() {
    if (sending) return soon(500);
    sending = true;
    changed = false;
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST", body: words(form), headers: { "X-CSRFToken": csrf() },
        credentials: "same-origin", redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      wait = 0;
      if (!changed) unsaved.delete(form);
      status.textContent = `${body.dataset.saved} ${clock()}`;
      status.classList.remove("loc-draft--not");
    } catch {
      wait = Math.min((wait || 1000) * 2, 60000);
      status.textContent = body.dataset.notSaved;
      status.classList.add("loc-draft--not");
      soon(wait);
    } finally {
      sending = false;
    }
  }

  form.addEventListener("input", () => { changed = true; soon(1500); });
  form.addEventListener("submit", () => clearTimeout(timer));
  window.addEventListener("online", () => { if (unsaved.has(form)) send(); });
}

function words(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) {
    if (value instanceof File) data.delete(name);
  }
  return data;
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

// --- one quiet line, read aloud ---

function say(words) {
  let line = document.getElementById("said");
  if (!line) {
    line = document.createElement("p");
    line.id = "said";
    line.className = "loc-said";
    line.setAttribute("role", "status");
    body.append(line);
  }
  line.textContent = words;
}

// --- single keys: j, k, / and ?; off while typing, and off altogether if somebody asked ---

const TYPING = "input, textarea, select, [contenteditable='true']";

document.addEventListener("keydown", (event) => {
  if (body.dataset.shortcuts === "off" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(TYPING)) return;
  if (event.key === "j" || event.key === "k") return step(event, event.key === "j" ? 1 : -1);
  if (event.key === "/") return search(event);
  if (event.key === "?" && body.dataset.shortcutsPage) window.location = body.dataset.shortcutsPage;
});

function search(event) {
  const box = document.getElementById("main-search");
  if (!box || !box.checkVisibility()) return;
  event.preventDefault();
  box.focus();
}

function step(event, by) {
  const lines = [...document.querySelectorAll("[data-queue] [data-queue-item]")];
  if (!lines.length) return;
  event.preventDefault();
  const here = lines.findIndex((line) => line.contains(document.activeElement));
  const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), lines.length - 1);
  lines[next].querySelector("a[href], button")?.focus();
}

start(document);
