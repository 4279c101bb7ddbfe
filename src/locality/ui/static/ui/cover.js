// A page that nobody touched for as long as a sign-in lasts is covered: whoever passes by sees nothing.
//
// With nothing typed on it, it goes away altogether, which leads to signing in. Otherwise its words
// wait beneath for whoever wrote them: once they have signed in again in another tab, they go on.

const body = document.body;
const LASTS = Number(body.dataset.idle) * 60000;
const ASK = LASTS * 0.6; // somebody who works on one page for so long lets the server know
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("answered") : null;
const typed = new Set();
let answered = Date.now(), touched = answered, title = "";

export function watchOver() {
  if (!LASTS || !body.dataset.stillHere) return;
  tabs?.addEventListener("message", () => { answered = Date.now(); });
  tabs?.postMessage("");
  document.addEventListener("locality:answered", heard);
  document.addEventListener("htmx:afterOnLoad", heard);
  document.addEventListener("input", touch);
  document.addEventListener("keydown", touch);
  document.addEventListener("pointerdown", touch);
  document.addEventListener("submit", (event) => typed.delete(event.target));
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", look);
  setInterval(look, 5000);
}

function heard() {
  answered = Date.now();
  tabs?.postMessage("");
}

function touch(event) {
  if (isCovered()) return;
  look(); // whoever comes back too late is shown nothing
  if (event.type === "input" && event.target.form?.method === "post") typed.add(event.target.form);
  touched = Date.now();
  if (touched - answered < ASK) return;
  answered = touched; // ask once
  ask();
}

function look() {
  if (!isCovered() && Date.now() - Math.max(answered, touched) >= LASTS) cover();
}

function isCovered() {
  return body.classList.contains("loc-covered");
}

function cover() {
  body.classList.add("loc-covered");
  title = document.title;
  const sheet = document.getElementById("cover").content.cloneNode(true).firstElementChild;
  document.title = sheet.querySelector("h2").textContent;
  if (!typed.size) return window.location.replace(window.location.pathname + window.location.search);
  sheet.querySelector("button").addEventListener("click", ask);
  body.append(sheet);
  sheet.focus();
}

function uncover(token) {
  document.querySelectorAll("input[name='csrfmiddlewaretoken']").forEach((box) => { box.value = token; });
  document.querySelector(".loc-cover")?.remove();
  body.classList.remove("loc-covered");
  document.title = title || document.title;
  touched = Date.now();
  heard();
}

// Asks the server who is signed in now: nobody, somebody else, or whoever wrote this.
async function ask() {
  let answer, who = null;
  try {
    answer = await fetch(body.dataset.stillHere, { redirect: "manual", cache: "no-store" });
    if (answer.ok) who = await answer.json();
  } catch { return say("offline"); }
  if (who && who.writer !== body.dataset.writer) return goHome();
  if (who?.purpose === body.dataset.purpose) return uncover(who.token);
  if (isCovered()) say("notYet");
  else if (answer.type === "opaqueredirect") cover();
}

function goHome() {
  body.querySelectorAll("form").forEach((form) => form.dispatchEvent(new Event("submit")));
  body.replaceChildren();
  window.location.replace("/");
}

function say(what) {
  const line = document.querySelector(".loc-cover [role='status']");
  if (line) line.textContent = line.dataset[what];
}
