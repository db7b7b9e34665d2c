// Makes pages smoother; every one of them works without it. It keeps nothing in the browser's storage, and
// has no words of its own: what it says stands in the page, in the reader's language.

const root = document.documentElement;
const dirty = new Set();

// --- The quick way out: the page goes blank at once, the session is ended behind it. ---
const exit = document.querySelector("[data-exit]");
function leave() {
  dirty.clear();
  document.body.hidden = true;
  const out = document.querySelector("form[data-sign-out]");
  // `keepalive` lets the request outlive the page; its answer does not matter any more.
  const options = { method: "POST", keepalive: true, redirect: "manual" };
  if (out) fetch(out.action, { ...options, body: new FormData(out) }).catch(() => {});
  location.replace(exit.dataset.exit);
}
exit?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
let presses = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  presses = [...presses.slice(-2), event.timeStamp];
  if (exit && presses.length === 3 && presses[2] - presses[0] < 1500) leave();
});

// --- Sections open where the work is. What is folded again leaves the page. ---
const folded = new WeakMap();
async function open(link) {
  const section = link.closest("[data-section]");
  if (section.ariaBusy === "true") return;
  section.setAttribute("aria-busy", "true");
  section.querySelector(".section-missed")?.remove();
  try {
    const answer = await fetch(link.href, { headers: { "X-Fragment": "1" } });
    if (answer.redirected) return location.assign(link.href); // the session has ended: sign in and come back
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(section.id);
    if (!answer.ok || !fresh) return location.assign(link.href);
    folded.set(fresh, folded.get(section) || section);
    put(fresh, section);
  } catch {
    const missed = document.createElement("p");
    missed.className = "section-missed";
    missed.setAttribute("role", "alert");
    missed.textContent = section.dataset.missed || "";
    section.append(missed);
  } finally {
    section.removeAttribute("aria-busy");
  }
}
function put(fresh, old) {
  fresh.classList.add("arriving");
  old.replaceWith(fresh);
  // The focus was on what is gone now; it goes on from the heading, without a jump of the page.
  (fresh.querySelector("[data-arrive]") || fresh.querySelector("a"))?.focus({ preventScroll: true });
  countDown();
}

addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-open], a[data-fold]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const section = link.closest("[data-section]");
  // With something typed in it, the plain link is followed, so that the browser asks first.
  if (!section || [...dirty].some((form) => section.contains(form))) return;
  if (link.matches("[data-open]")) {
    event.preventDefault();
    open(link);
  } else if (folded.has(section)) {
    event.preventDefault();
    put(folded.get(section), section);
  }
});

// --- Menus close when something else is touched. ---
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}
addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  closeMenus();
  menu?.querySelector("summary").focus();
});

// --- Forms: sent once, not left by accident, drafts kept at every pause. ---
const sent = new WeakSet();
addEventListener("submit", (event) => {
  const form = event.target;
  if (sent.has(form)) return event.preventDefault();
  // Without a connection the browser would show a page of its own in the place of what was typed.
  if (form.dataset.draft && !navigator.onLine) {
    event.preventDefault();
    return tell(form, false);
  }
  sent.add(form);
  dirty.delete(form);
  // After this event, so that the button that was pressed is still sent along.
  setTimeout(() => form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true")));
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) sent.delete(form);
  document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
});
addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form || form.method !== "post" || "free" in form.dataset) return;
  dirty.add(form);
  if (form.dataset.draft) keepDraft(form);
});
addEventListener("beforeunload", (event) => {
  for (const form of dirty) {
    if (!form.isConnected) dirty.delete(form);
  }
  if (dirty.size) event.preventDefault();
});

const pauses = new WeakMap();
function keepDraft(form) {
  clearTimeout(pauses.get(form));
  pauses.set(form, setTimeout(() => sendDraft(form), 2500));
}
async function sendDraft(form) {
  if (sent.has(form)) return;
  const body = new FormData(form);
  body.set("draft", "pause");
  const pause = pauses.get(form);
  const kept = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual" }).then(
    (answer) => answer.ok,
    () => false,
  );
  // What was typed while the draft travelled is not in it yet.
  if (kept && pauses.get(form) === pause) dirty.delete(form);
  tell(form, kept);
}
function tell(form, kept) {
  const state = form.querySelector("[data-draft-state]");
  if (!state) return;
  const time = new Date().toLocaleTimeString(root.lang, { hour: "2-digit", minute: "2-digit" });
  state.classList.toggle("kept-missed", !kept);
  state.textContent = kept ? `${state.dataset.kept} ${time}` : state.dataset.missed;
}

// --- Light or dark without loading the page anew, so that nothing typed is in the way. ---
document.querySelector("[data-theme-form]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const choice = event.submitter.value;
  const body = new FormData(form);
  body.set("theme", choice);
  if (choice === "auto") delete root.dataset.bsTheme;
  else root.dataset.bsTheme = choice;
  for (const button of form.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => {});
  event.stopPropagation();
});

// --- Six words are hard to type unseen; whoever is alone may look at them. ---
for (const label of document.querySelectorAll("label[data-reveal]")) {
  label.hidden = false;
  label.addEventListener("change", (event) => {
    document.getElementById(label.dataset.reveal).type = event.target.checked ? "text" : "password";
  });
}

// --- A page that rests as long as a session may shows nothing more, unless something typed would be lost. ---
const rested = document.querySelector("template[data-rest]");
let touched = Date.now();
for (const name of ["pointerdown", "keydown", "scroll"]) {
  addEventListener(name, () => (touched = Date.now()), { passive: true, capture: true });
}
function rest() {
  if (Date.now() - touched < rested.dataset.rest * 60000 || dirty.size) return;
  document.querySelector("main").replaceChildren(rested.content.cloneNode(true));
}

// --- Time left stays true while the page is open. ---
const STEPS = [["day", 86400], ["hour", 3600], ["minute", 60]];
function countDown() {
  if (!Intl.RelativeTimeFormat) return;
  const words = new Intl.RelativeTimeFormat(root.lang, { numeric: "always" });
  for (const time of document.querySelectorAll("time[data-until]")) {
    const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
    if (Math.abs(seconds) > 3 * 86400) continue; // far away, the server's own words say it better
    const [unit, size] = STEPS.find(([, length]) => Math.abs(seconds) >= 2 * length) || STEPS[2];
    time.title ||= time.textContent;
    time.textContent = words.format(Math.trunc(seconds / size), unit);
  }
}
const PARTS = { hour: [60, Infinity], minute: [1, 60] };
function clockLeft() {
  for (const time of document.querySelectorAll("time[data-left]")) {
    const minutes = Math.floor((Date.parse(time.dateTime) - Date.now()) / 60000);
    if (minutes >= 96 * 60) continue; // days say it better, and the server said them
    const parts = Object.entries(PARTS).filter(([unit]) => unit === "minute" || minutes >= 60);
    const said = parts.map(([unit, [size, round]]) =>
      new Intl.NumberFormat(root.lang, { style: "unit", unit, unitDisplay: "long" }).format(
        Math.max(Math.floor(minutes / size) % round, 0),
      ),
    );
    time.textContent = said.join(" ");
  }
}
countDown();
clockLeft();
setInterval(() => {
  countDown();
  clockLeft();
  if (rested) rest();
}, 30000);
