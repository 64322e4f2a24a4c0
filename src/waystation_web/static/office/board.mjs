/* A board that is open stays true: it asks for its list when the office says that something changed, and every twenty
   seconds in any case. A board that cannot ask says so in red. Nothing is kept: what is shown is what was last given. */

const list = document.getElementById("now-list");
const told = document.getElementById("live");
const POLL = { "X-Waystation-Poll": "1" };   // asking by itself never keeps somebody signed in
const EVERY = 20_000;
const STALE = 50_000;
let last = Date.now();
let streaming = false;
let waiting = false;
let asking = false;

function say() {
  const old = Date.now() - last;
  const gone = old > STALE;
  told.hidden = false;
  told.classList.toggle("gone", gone);
  told.setAttribute("role", gone ? "alert" : "note");
  const clock = new Date(last).toISOString().slice(11, 16);
  told.textContent = gone ? `${told.dataset.gone} ${clock} UTC`
    : streaming ? told.dataset.live.replace("{seconds}", String(Math.round(old / 1000))) : told.dataset.asking;
}

async function ask() {
  if (asking) { waiting = true; return; }
  if (list.contains(document.activeElement)) { waiting = true; return; }  // a row never moves under somebody's finger
  asking = true;
  waiting = false;
  try {
    const answer = await fetch(list.dataset.source, { headers: POLL, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401) {
      document.documentElement.classList.add("gone");
      location.replace(list.dataset.door);
      return;
    }
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...page.body.childNodes);
      last = Date.now();
    }
  } catch { /* the clock of the last answer says it */ } finally {
    asking = false;
    say();
  }
  if (waiting) ask();
}

function listen() {
  const stream = new EventSource(list.dataset.stream);
  stream.addEventListener("open", () => { streaming = true; say(); });
  stream.addEventListener("road", ask);
  stream.addEventListener("error", () => { streaming = false; say(); });
  window.addEventListener("pagehide", () => stream.close());
}

if (list && told) {
  list.addEventListener("focusout", () => setTimeout(() => { if (waiting) ask(); }, 0));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  setInterval(ask, EVERY);
  setInterval(say, 1000);
  listen();
  say();
}
