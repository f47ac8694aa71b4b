// Draws day, week and month of a calendar.  Everything else on the page is plain links and a form.
import { Calendar, plugins, vi } from "./fullcalendar.js";

const VIEWS = { day: "timeGridDay", week: "timeGridWeek", month: "dayGridMonth" };
const EARLIEST = 7, LATEST = 18;
const language = document.documentElement.lang.startsWith("en") ? "en-gb" : "vi";
const words = language === "vi"
  ? { conflict: "Trùng lịch", urgent: "Khẩn", none: "Không có cuộc họp nào." }
  : { conflict: "Conflict", urgent: "Urgent", none: "No meetings." };
const hour = { hour: "2-digit", minute: "2-digit", hour12: false };
const two = (number) => String(number).padStart(2, "0");

function eventOf(item) {
  const said = [item.conflict && words.conflict, item.urgent && words.urgent, item.state].filter(Boolean);
  return {
    id: `${item.uid}-${item.start}`, start: item.start, end: item.end, url: item.url || undefined,
    title: item.title, about: [...said, item.place].filter(Boolean).join(" · "), look: `hs-ev ${item.style}`,
  };
}

/** What stands in an entry: time, title, the state as a word and the place. */
function contentOf(info) {
  const parts = [["b", info.timeText], ["strong", info.event.title], ["span", info.event.extendedProps.about]];
  const nodes = parts.filter(([, text]) => text).map(([name, text]) => Object.assign(document.createElement(name), { textContent: text }));
  const whole = document.createElement("div");
  whole.append(...nodes);
  return { domNodes: [whole] };
}

/** The hours to show: those of the office, wider where something lies outside of them. */
function hours(items) {
  let first = EARLIEST, last = LATEST;
  for (const one of items) {
    // The feed writes the time of Viet Nam: 2026-11-23T08:00:00+07:00.
    const [from, to] = [one.start, one.end].map((text) => ({ day: text.slice(0, 10), hour: Number(text.slice(11, 13)), more: text.slice(14, 16) !== "00" }));
    if (from.day !== to.day) { first = 0; last = 24; continue; }
    first = Math.min(first, from.hour);
    last = Math.max(last, to.hour + (to.more ? 1 : 0));
  }
  return { slotMinTime: `${two(first)}:00:00`, slotMaxTime: `${two(last)}:00:00` };
}

async function draw(place) {
  const { feed, kind, key, view, date, list, given } = place.dataset;
  if (!given && window.matchMedia("(max-width: 640px)").matches) { window.location.replace(list); return; }
  const broken = document.querySelector("[data-hs-cal-broken]");
  let calendar = null;
  const read = async (range) => {
    const query = new URLSearchParams({ kind, key, start: range.startStr, end: range.endStr });
    const answer = await fetch(`${feed}?${query}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) { broken.hidden = false; place.hidden = true; throw new Error(`calendar: ${answer.status}`); }
    const { items } = await answer.json();
    if (view !== "month") { const shown = hours(items); queueMicrotask(() => { for (const name in shown) calendar.setOption(name, shown[name]); }); }
    return items.map(eventOf);
  };
  place.textContent = "";
  calendar = new Calendar(place, {
    plugins, locales: [vi], locale: language, timeZone: "Asia/Ho_Chi_Minh", firstDay: 1,
    initialView: VIEWS[view], initialDate: date, headerToolbar: false, height: "auto",
    allDaySlot: false, nowIndicator: true, editable: false, dayMaxEvents: 4, slotEventOverlap: false,
    slotMinTime: `${two(EARLIEST)}:00:00`, slotMaxTime: `${two(LATEST)}:00:00`, slotDuration: "00:30:00", slotHeaderInterval: "01:00",
    slotHeaderFormat: hour, eventTimeFormat: hour,
    dayHeaderFormat: view === "month" ? { weekday: "short" } : { weekday: "short", day: "2-digit", month: "2-digit" },
    eventDisplay: "block", eventContent: contentOf,
    eventClass: (info) => info.event.extendedProps.look,
    events: (range, done, failed) => { read(range).then(done, failed); },
  });
  calendar.render();
}

document.querySelectorAll("[data-hs-fullcalendar]").forEach((place) => { draw(place); });
