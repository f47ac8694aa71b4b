// [data-hs-availability] in a form: tells while people type whether rooms and sites are free at that time.
// It asks @@availability with the fields start, end, rooms, sites (and people, meeting), a moment after the last change.
import { element, offers } from "./offers.js";
import { text } from "./texts.js";

const FIELDS = ["start", "end", "rooms", "sites"];
const PAUSE = 500;

/** The form's values by plain names: form.widgets.start-date and -time become start. */
function valuesOf(form) {
  const found = {};
  for (const [key, value] of new FormData(form)) {
    const name = key.replace(/^form\.widgets\./, "").replace(/:list$/, "");
    if (typeof value === "string" && value.trim()) (found[name] ||= []).push(value.trim());
  }
  for (const name of ["start", "end"]) {
    const date = found[`${name}-date`];
    const time = found[`${name}-time`];
    if (date && time) found[name] = [`${date[0]} ${time[0]}`];
  }
  return found;
}

function query(place, form) {
  const values = valuesOf(form);
  if (!values.start || !values.end || !(values.rooms || values.sites)) return null;
  const asked = new URLSearchParams();
  for (const name of FIELDS) {
    const all = values[name] || [];
    if (all.length) asked.set(name, all.filter((one) => !one.startsWith("--")).join(","));
  }
  if (place.dataset.hsMeeting) asked.set("meeting", place.dataset.hsMeeting);
  if (place.dataset.hsPeople) asked.set("people", place.dataset.hsPeople);
  return asked.toString();
}

function line(one) {
  const state = element("span", { class: `hs-tag hs-tag--${one.free ? "good" : "bad"}` }, text(one.free ? "free" : "taken"));
  const row = element("li", {}, element("b", {}, one.title), " ", state);
  for (const other of one.taken) {
    row.append(element("small", {}, other.title ? `“${other.title}”, ${other.span}` : `${text("another")}, ${other.span}`));
  }
  return row;
}

function show(place, form, data) {
  const box = element("div", { class: `hs-note hs-note--${data.free && !data.findings.length ? "good" : "warn"}` });
  const body = element("div", {}, element("b", {}, `${text(data.free ? "all_free" : "not_free")} `), data.span);
  body.append(element("ul", { class: "hs-findings hs-free" }, ...data.resources.map(line),
    ...data.findings.map((one) => element("li", {}, one.article ? element("b", {}, `${one.article} – `) : "", one.text))));
  if (data.alternatives.length) body.append(offers(form, data.alternatives));
  box.append(body);
  place.replaceChildren(box);
}

function watch(place) {
  const form = place.closest("form");
  if (!form) return;
  place.setAttribute("role", "status");
  place.setAttribute("aria-live", "polite");
  let timer;
  let former = "";
  let running;
  const ask = async () => {
    const asked = query(place, form);
    if (asked === former) return;
    former = asked;
    if (running) running.abort();
    if (!asked) { place.replaceChildren(); return; }
    running = new AbortController();
    try {
      const answer = await fetch(`${document.body.dataset.portalUrl}/@@availability?${asked}`,
        { credentials: "same-origin", headers: { Accept: "application/json" }, signal: running.signal });
      const data = answer.ok ? await answer.json() : null;
      // Half a date while somebody types is nothing to complain about: the form itself does, when it is sent.
      if (data && asked === former) show(place, form, data);
      else if (asked === former) place.replaceChildren();
    } catch (error) {
      if (error.name !== "AbortError") { place.replaceChildren(); former = ""; }
    }
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(ask, PAUSE); };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  ask();
}

document.querySelectorAll("[data-hs-availability]").forEach(watch);
