// The guided registration: deadlines and hints that follow what is typed.  Without scripts everything works as well.

const form = document.querySelector("form[data-hs-guide]");

function input(name) { return form.querySelector(`[name="form.widgets.${name}"]`); }

function urgent() {
  return Boolean(form.querySelector('[name^="form.widgets.urgent"][type=checkbox]')?.checked);
}

let asked = 0;

async function refreshClocks() {
  const here = form.querySelector("[data-hs-clocks-here]");
  const date = input("start-date")?.value.trim() || "";
  const time = input("start-time")?.value.trim() || "";
  if (!here || !/^\d{1,2}\/\d{1,2}\/\d{4}$/.test(date) || !/^\d{1,2}:\d{2}$/.test(time)) return;
  const number = ++asked;
  const query = new URLSearchParams({ start: `${date} ${time}`, urgent: urgent() ? "1" : "" });
  try {
    const answer = await fetch(`${form.dataset.hsClocks}?${query}`, { credentials: "same-origin" });
    const text = await answer.text();
    if (answer.ok && !answer.redirected && number === asked) here.innerHTML = text;
  } catch { /* offline: the deadlines of what is saved stay */ }
}

function refreshHint() {
  const mode = form.querySelector('select[name^="form.widgets.mode"]');
  if (!mode) return;
  document.querySelectorAll("[data-hs-online-hint]").forEach((one) => { one.hidden = mode.value !== "in_person"; });
}

/** A later start takes the end along, so that the meeting stays as long as it was. */
function minutesOf(name) {
  const date = input(`${name}-date`)?.value.match(/^(\d{1,2})\/(\d{1,2})\/(\d{4})$/);
  const time = input(`${name}-time`)?.value.match(/^(\d{1,2}):(\d{2})$/);
  return date && time ? Date.UTC(date[3], date[2] - 1, date[1], time[1], time[2]) / 60000 : null;
}

function putMinutes(name, minutes) {
  const moment = new Date(minutes * 60000).toISOString();
  input(`${name}-date`).value = `${moment.slice(8, 10)}/${moment.slice(5, 7)}/${moment.slice(0, 4)}`;
  input(`${name}-time`).value = moment.slice(11, 16);
}

let start = null;

function takeEndAlong() {
  const now = minutesOf("start");
  const end = minutesOf("end");
  if (now !== null && start !== null && end !== null && end > start && now !== start) putMinutes("end", end + now - start);
  if (now !== null) start = now;
}

if (form) {
  start = minutesOf("start");
  form.addEventListener("change", (event) => {
    const { name } = event.target;
    if (/form\.widgets\.(start|end)-/.test(name)) {
      // hopso.js brings dates into form on the same event, a little later.
      setTimeout(() => { if (name.includes("start-")) takeEndAlong(); refreshClocks(); });
    }
    if (/form\.widgets\.urgent/.test(name)) refreshClocks();
    if (/form\.widgets\.mode/.test(name)) refreshHint();
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hs-take-day]");
    if (!button) return;
    input("start-date").value = button.dataset.date;
    input("start-time").value = button.dataset.time;
    takeEndAlong();
    input("start-date").focus();
    input("start-date").dispatchEvent(new Event("change", { bubbles: true }));
  });
  refreshHint();
}
