/* Keys of one letter on Today and on the board (WCAG 2.1.4: each person can switch them off; they rest while somebody
   types). A key goes somewhere, opens something or asks; none signs, pays, sends or releases. */

const FOLLOWS = 1_500;    // ms between two letters of one command
const TYPING = "input, textarea, select, [contenteditable]";
const list = document.getElementById("now-list");
const help = document.getElementById("keys");
const take = document.getElementById("take");
const open = document.querySelector("[data-keys-open]");
let first = { letter: "", at: -Infinity };
let taking = { sent: "", read: "" };

/* The letter of a key, also where the keyboard writes Hangul. */
function letterOf(event) {
  if (event.key.length === 1 && event.key.codePointAt(0) < 128) return event.key.toLowerCase();
  return event.key.length === 1 || event.key === "Process" ? (/^Key([A-Z])$/.exec(event.code)?.[1] ?? "").toLowerCase() : "";
}

function lines() {
  return [...list.querySelectorAll("li > a[href]")];
}

function move(by) {
  const all = lines();
  const here = all.findIndex((line) => line.closest("li").contains(document.activeElement));
  const next = here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1);
  all[next]?.focus();
}

function formOf(sent) {
  return [...list.querySelectorAll("li form")].find((form) => form.getAttribute("action") === sent);
}

function askToTake() {
  const line = document.activeElement?.closest("#now-list li");
  const form = line?.querySelector("form");
  if (!form) return;
  const link = line.querySelector("a[href]");
  taking = { sent: form.getAttribute("action"), read: link.getAttribute("href") };
  take.querySelector("[data-take-ref]").textContent = link.textContent;
  take.showModal();
}

/* The list may have been asked for again meanwhile: the form is looked for anew, and where it is gone somebody has it. */
function answered(yes) {
  take.close();
  const form = formOf(taking.sent);
  if (yes && form) form.requestSubmit();
  else lines().find((line) => line.getAttribute("href") === taking.read)?.focus();
}

function follow(keys) {
  const link = help.querySelector(`a[data-keys="${keys}"]`);
  if (link) link.click();
  return Boolean(link);
}

function act(letter) {
  const led = first.letter;
  first = { letter: "", at: -Infinity };
  if (led && follow(led + letter)) return true;
  switch (letter) {
    case "j": move(1); return true;
    case "k": move(-1); return true;
    case "a": askToTake(); return true;
    case "?": help.showModal(); return true;
    case "g": first = { letter, at: performance.now() }; return true;
    default: return follow(letter);
  }
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.repeat && !"jk".includes(letterOf(event))) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest?.(TYPING) || help.open || take.open) return;
  if (event.key === "Escape") {
    if (list.contains(document.activeElement)) document.activeElement.blur();
    return;
  }
  if (performance.now() - first.at > FOLLOWS) first = { letter: "", at: -Infinity };
  const letter = letterOf(event);
  if (/^[a-z/?]$/.test(letter) && act(letter)) event.preventDefault();
}

if (list && help && take && open) {
  document.addEventListener("keydown", pressed);
  open.closest("p").hidden = false;
  open.addEventListener("click", () => help.showModal());
  help.querySelector("[data-keys-close]").addEventListener("click", () => help.close());
  take.querySelector("[data-take-yes]").addEventListener("click", () => answered(true));
  take.querySelector("[data-take-no]").addEventListener("click", () => answered(false));
}
