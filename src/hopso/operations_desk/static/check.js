// A check on the phone: each tap shows at once, waits in a queue of its own and is sent as soon as the line allows.
// Without it every button is a plain form.  The number of the act makes a repetition harmless.
const box = document.querySelector("[data-hs-check]");
const KEY = box && `hs-check-${box.dataset.hsKey}`;
const AGAIN = [2000, 5000, 15000, 30000];
let sending = false;
let tries = 0;
let signing = null;

function read() {
  try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; }
}

function write(queue) {
  try {
    if (queue.length) localStorage.setItem(KEY, JSON.stringify(queue));
    else localStorage.removeItem(KEY);
  } catch { /* a private window: taps are sent at once or not at all */ }
}

function show(act) {
  const item = box.querySelector(`[data-hs-item="${CSS.escape(act.item)}"]`);
  if (!item) return;
  item.dataset.hsResult = act.result;
  item.querySelectorAll(".hs-check-btn").forEach((button) => {
    const chosen = button.value === act.result;
    button.classList.toggle("is-chosen", chosen);
    button.classList.toggle("is-waiting", chosen && !act.sent);
    button.setAttribute("aria-pressed", chosen ? "true" : "false");
  });
  progress();
}

function progress() {
  const total = Number(box.dataset.hsTotal) || 1;
  const done = box.querySelectorAll('[data-hs-item]:not([data-hs-result=""])').length;
  const text = document.querySelector("[data-hs-progress-text]");
  const bar = document.querySelector("[data-hs-progress-bar]");
  if (text) text.textContent = text.textContent.replace(/\d+/, String(done));
  if (bar) bar.className = `is-good hs-w-${Math.round((100 * done) / total)}`;
  const waiting = document.querySelector("[data-hs-waiting]");
  if (waiting) waiting.hidden = read().length === 0 || !tries;
}

function complain(act, message) {
  const item = box.querySelector(`[data-hs-item="${CSS.escape(act.item)}"]`);
  if (!item) return;
  item.querySelectorAll("[data-hs-made]").forEach((one) => one.remove());
  const note = document.createElement("p");
  note.className = "hs-error";
  note.dataset.hsMade = "";
  note.setAttribute("role", "alert");
  note.textContent = message;
  item.append(note);
  const details = item.querySelector("details");
  if (details) {
    details.open = true;
    const radio = details.querySelector(`input[value="${CSS.escape(act.result)}"]`);
    if (radio) radio.checked = true;
    const area = details.querySelector("textarea");
    if (area) area.focus();
  }
}

async function send() {
  if (sending) return;
  sending = true;
  while (read().length) {
    const [act] = read();
    const form = box.querySelector(`[data-hs-item="${CSS.escape(act.item)}"] [data-hs-check-form]`);
    if (!form) { write(read().slice(1)); continue; }
    const body = new FormData(form);
    body.set("result", act.result);
    body.set("act", act.act);
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.status >= 502) throw new Error("gateway");
    } catch {
      // No line: it stays in the queue and on the screen.
      setTimeout(() => { sending = false; send(); }, AGAIN[Math.min(tries, AGAIN.length - 1)]);
      tries += 1;
      progress();
      return;
    }
    tries = 0;
    write(read().filter((one) => one.act !== act.act));
    if (answer.ok) show({ ...act, sent: true });
    else {
      let data = {};
      try { data = await answer.json(); } catch { /* logged out */ }
      const item = box.querySelector(`[data-hs-item="${CSS.escape(act.item)}"]`);
      if (item) {
        item.dataset.hsResult = "";
        item.querySelectorAll(".hs-check-btn").forEach((one) => { one.classList.remove("is-chosen", "is-waiting"); one.setAttribute("aria-pressed", "false"); });
      }
      complain(act, [data.message, ...Object.values(data.errors || {})].filter(Boolean).join(" "));
      progress();
    }
  }
  sending = false;
  progress();
  const form = signing;
  signing = null;
  if (form && !box.querySelector("[data-hs-made]")) form.requestSubmit();
}

if (box) {
  box.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-hs-check-form]")) return;
    event.preventDefault();
    const act = {
      // Not form.elements.item: that is a method of the collection.
      item: form.querySelector('[name="item"]').value, result: event.submitter.value,
      act: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`,
    };
    form.closest("[data-hs-item]").querySelectorAll("[data-hs-made]").forEach((one) => one.remove());
    // The last tap on an item is what counts.
    write([...read().filter((one) => one.item !== act.item), act]);
    show(act);
    send();
  });
  // Nothing is signed before all taps have arrived.
  const sign = document.querySelector("[data-hs-sign]");
  if (sign) {
    sign.addEventListener("submit", (event) => {
      if (!read().length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      signing = sign;
      send();
    }, true);
  }
  window.addEventListener("online", () => { sending = false; send(); });
  read().forEach(show);
  send();
}
