// What JavaScript adds. Every page works without it.
import { initAll } from "../vendor/govuk-frontend.min.js";
import { watchOver } from "./cover.js";
import { csrf, keepDraft, minding, onlyWhenConnected, sendWhatWaits } from "./drafts.js";

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

// --- what htmx sends and fetches ---

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = csrf();
});
document.addEventListener("htmx:afterSwap", (event) => start(event.detail.target));
document.addEventListener("htmx:sendError", () => say(body.dataset.notSaved));

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

onlyWhenConnected(say);
watchOver();
start(document);
sendWhatWaits();
