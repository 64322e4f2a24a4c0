/* What the pages do beyond showing and sending: leaving in a hurry, counting down to the lock, asking a security key.
   Every page works without this file, except security keys. Nothing is ever put into the browser's storage. */

const LEAVE_WITHIN = 600;    // ms between two presses of Esc
const SOON = 120;            // seconds before the lock at which it is said aloud
const POLL = "X-Waystation-Poll";

// A page that answers a form is kept by the browser, on disk, with all that was typed: it stays in the list of visited
// pages, but as one that was only asked for. `let-go` did this before the page was drawn; here it holds what came since.
history.replaceState(null, "", location.href);

/* ------------------------------------------------------------------------------------------- leaving and locking */
function clear() {
  document.documentElement.classList.add("gone");
  document.title = "W";
}

function send(id) {
  const form = document.getElementById(id);
  if (!form) return false;
  clear();
  form.submit();
  return true;
}

let escaped = -Infinity;
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.repeat) {
    if (event.timeStamp - escaped < LEAVE_WITHIN && send("leave")) event.preventDefault();
    escaped = event.timeStamp;
  } else if (event.key.toLowerCase() === "l" && event.ctrlKey && !event.altKey && !event.shiftKey && !event.metaKey) {
    if (send("lock")) event.preventDefault();
  }
}, true);

// A page that comes back by the Back button is asked for again: the session may have ended meanwhile.
window.addEventListener("pageshow", (event) => { if (event.persisted) { clear(); location.reload(); } });

/* --------------------------------------------------------------------------------------------------- idle lock */
function countDown(shown) {
  const warning = document.getElementById("locking");
  const whole = Number(shown.dataset.idle);
  let from = Date.now();
  const tick = () => {
    const left = whole - Math.floor((Date.now() - from) / 1000);
    if (left <= 0) {  // the server has ended the session by itself; the page must not outlive it
      clear();
      location.replace(shown.dataset.then);
      return;
    }
    shown.querySelector("span").textContent = String(Math.ceil(left / 60));
    shown.classList.toggle("soon", left <= SOON);
    if (warning) warning.hidden = left > SOON;  // a status line: read aloud once, when it appears
  };
  document.addEventListener("htmx:after:request", (event) => {
    const headers = event.detail?.ctx?.request?.headers ?? {};
    if (!(POLL in headers)) from = Date.now();
  });
  document.addEventListener("visibilitychange", tick);  // timers sleep in a hidden tab, the clock does not
  setInterval(tick, 1000);
  tick();
  shown.hidden = false;
}

const idle = document.querySelector("[data-idle]");
if (idle) countDown(idle);

/* A wait that the server asked for, counted down beside the button it holds back. */
for (const wait of document.querySelectorAll("[data-wait]")) {
  const until = Date.now() + Number(wait.dataset.wait) * 1000;
  const buttons = wait.closest("main")?.querySelectorAll("form button[type=submit]") ?? [];
  const number = wait.querySelector("b") ?? wait;
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    number.textContent = String(left);
    for (const button of buttons) button.disabled = left > 0;
    if (left === 0) { clearInterval(timer); wait.hidden = true; }
  }, 250);
}

/* A page that came piece by piece ends with a link to what it was about: it is followed, and Back does not return here. */
const follow = document.querySelector("a[data-follow]");
if (follow) location.replace(follow.href);

/* ------------------------------------------------------------------------------------------------ words on screen */
// Eight words belong on paper or in a head. A clipboard is read by every program, and often by the next computer.
for (const words of document.querySelectorAll(".words")) {
  for (const act of ["copy", "cut", "contextmenu", "dragstart"]) {
    words.addEventListener(act, (event) => event.preventDefault());
  }
}

document.addEventListener("alpine:init", () => {
  window.Alpine.data("reveal", () => ({
    shown: false,
    init() {  // sent as text, it would be kept as text
      const input = this.$root.querySelector("input");
      input.form?.addEventListener("submit", () => { input.type = "password"; });
    },
    flip() {
      this.shown = !this.shown;
      this.$root.querySelector("input").type = this.shown ? "text" : "password";
    },
  }));
});

/* -------------------------------------------------------------------------------------------------- security keys */
async function options(button) {
  const answer = await fetch(button.dataset.options, {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-CSRFToken": button.form.elements.csrfmiddlewaretoken.value, Accept: "application/json" },
  });
  if (answer.status === 403 && button.dataset.confirm) {  // first show again who you are; the page comes back after it
    location.assign(button.dataset.confirm);
    return new Promise(() => {});
  }
  if (!answer.ok) throw new Error("options");
  const said = await answer.json();
  return said.publicKey ?? said;
}

async function ask(button) {
  const making = button.dataset.key === "create";
  const said = await options(button);
  const publicKey = making ? PublicKeyCredential.parseCreationOptionsFromJSON(said)
    : PublicKeyCredential.parseRequestOptionsFromJSON(said);
  const key = await (making ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  return JSON.stringify(key.toJSON());
}

function ready() {
  const known = globalThis.PublicKeyCredential;
  return Boolean(navigator.credentials && known?.parseRequestOptionsFromJSON && known?.parseCreationOptionsFromJSON);
}

for (const button of document.querySelectorAll("button[data-key]")) {
  const told = document.getElementById(button.getAttribute("aria-describedby") ?? "");
  if (!ready()) continue;  // it stays hidden: digits are the way in
  for (const part of document.querySelectorAll(`[data-with="${button.id}"]`)) part.hidden = false;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    if (told) { told.textContent = button.dataset.asking; told.hidden = false; }
    try {
      button.form.elements.passkey.value = await ask(button);
      if (told) told.textContent = button.dataset.asked;
      if (button.dataset.then === "submit") button.form.requestSubmit();
      else button.form.querySelector(button.dataset.then)?.focus();
    } catch {  // cancelled, timed out, or not a key of this place: which one is not for the page to guess
      if (told) told.textContent = button.dataset.failed;
    } finally {
      button.disabled = false;
    }
  });
}
