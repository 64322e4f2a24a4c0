/* A board that is open stays true. The office says when something changed: of one journey its rows are asked for, else the
   whole list; the list in any case every minute, and every twenty seconds while nothing is heard. A row whose time has come
   is asked for as well. A board that cannot ask says so in red. Nothing is kept: what is shown is what was last given. */

const list = document.getElementById("now-list");
const told = document.getElementById("live");
const POLL = { "X-Waystation-Poll": "1" };   // asking by itself never keeps somebody signed in
const EVERY = 20_000;
const EVERY_LIVE = 60_000;
const STALE = 50_000;
const MOST_ROWS = 20;
const changed = new Set();   // journeys whose rows are to be asked for
const risen = new Set();     // rows that were asked for because their time had come
let last = Date.now();       // when the board was last known to be true
let listed = Date.now();     // when it had its list
let ahead = 0;               // of this clock, the office's
let streaming = false;
let waiting = false;
let asking = false;
let asking_rows = false;

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

const touched = () => list.contains(document.activeElement);   // a row never moves under somebody's finger

async function page(address) {
  const answer = await fetch(address, { headers: POLL, credentials: "same-origin", cache: "no-store" });
  if (answer.status === 401) {
    document.documentElement.classList.add("gone");
    location.replace(list.dataset.door);
  }
  return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body : null;
}

function clock(given) {
  ahead = Date.parse(given.querySelector("[data-at]").dataset.at) - Date.now();
}

async function ask() {
  if (asking || touched()) { waiting = true; return; }
  asking = true;
  waiting = false;
  changed.clear();
  listed = 0;                    // unless it comes
  try {
    const given = await page(list.dataset.source);
    if (given && touched()) waiting = true;
    else if (given) {
      list.replaceChildren(...given.childNodes);
      clock(list);
      risen.clear();
      last = listed = Date.now();
    }
  } catch { /* the clock of the last answer says it */ } finally {
    asking = false;
    say();
  }
  if (waiting) ask();
  else if (listed) rows();       // what was said while the list was drawn: it may know nothing of it yet
}

async function rows() {
  if (asking_rows || !changed.size) return;
  if (touched()) { waiting = true; return; }
  if (changed.size > MOST_ROWS) { ask(); return; }
  asking_rows = true;
  const wanted = [...changed];
  let given = null;
  changed.clear();
  try {
    given = await page(`${list.dataset.rows}?${wanted.map((one) => `of=${one}`).join("&")}`);
  } catch { /* the list is asked for instead */ }
  asking_rows = false;
  if (!given || touched()) { ask(); return; }
  if (asking) wanted.forEach((one) => changed.add(one));   // the list that is on its way may be older than these rows
  if (!merged(given, new Set(wanted))) ask();
  if (!asking) rows();
}

/* Put the rows that were given in the place of those of these journeys. False: more than these rows is different now. */
function merged(given, wanted) {
  const asks = () => list.querySelectorAll("[data-part]:not([data-part=moving]) li").length;
  const before = asks();
  for (const part of given.querySelectorAll("[data-part]")) {
    const mine = list.querySelector(`[data-part="${part.dataset.part}"]`);
    const places = mine.querySelector("ul");
    for (const row of [...places.children]) if (wanted.has(row.dataset.of)) row.remove();
    for (const row of [...part.querySelectorAll("li")]) {
      places.insertBefore(row, [...places.children].find((other) => other.dataset.key > row.dataset.key) ?? null);
    }
    mine.hidden = !mine.querySelector("li");
  }
  clock(given);
  return !list.querySelector("[data-nothing]") && (asks() > 0 || before === 0);
}

/* Late becomes overdue without anybody's doing: each row says when, by the office's clock. */
function rise() {
  const now = Date.now() + ahead - 1000;
  for (const row of list.querySelectorAll("li[data-of][data-until]")) {
    const name = `${row.dataset.of} ${row.dataset.until}`;
    if (Date.parse(row.dataset.until) > now || risen.has(name)) continue;
    risen.add(name);
    changed.add(row.dataset.of);
  }
  if (changed.size && !asking) rows();
}

function listen() {
  const stream = new EventSource(list.dataset.stream);
  stream.addEventListener("open", () => { streaming = true; say(); });
  stream.addEventListener("road", ask);
  stream.addEventListener("row", (said) => { changed.add(said.data.split(" ")[1]); rows(); });
  stream.addEventListener("beat", () => { if (listed && !waiting) last = Date.now(); });
  stream.addEventListener("error", () => { streaming = false; say(); });
  window.addEventListener("pagehide", () => stream.close());
}

if (list && told) {
  clock(list);
  list.addEventListener("focusout", () => setTimeout(() => { if (waiting) ask(); }, 0));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  setInterval(() => { if (!streaming || Date.now() - listed >= EVERY_LIVE) ask(); }, EVERY);
  setInterval(() => { say(); rise(); }, 1000);
  listen();
  say();
}
