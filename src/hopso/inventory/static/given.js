// Who sits where: choose a person or a seat, then the seat it goes to; saved by the form above.
import { element, drawSeat, drawThing } from "./seatdraw.js";
import { say } from "../++resource++hopso.theme/texts.js";

const root = document.querySelector("[data-hs-given]"), sheet = document.querySelector("[data-hs-given-sheet]");
const form = document.querySelector("[data-hs-given-form]"), list = document.querySelector("[data-hs-given-without]");
const { plan, seats, names } = JSON.parse(root.dataset.given), texts = JSON.parse(root.dataset.texts);
let held = "";  // a principal
const seatOf = (who) => Object.keys(seats).find((id) => seats[id] === who) || "";
const label = (id) => plan.seats.find((one) => one.id === id).label;
const said = (id) => `${label(id)}: ${seats[id] ? names[seats[id]] : texts.empty}`;

function draw() {
  const focus = document.activeElement?.dataset?.id;
  const svg = element("svg", { class: "hs-seats", viewBox: `0 0 ${plan.width} ${plan.height}`, width: plan.width, height: plan.height, role: "group" });
  svg.append(element("rect", { x: 1, y: 1, width: plan.width - 2, height: plan.height - 2, fill: "#ffffff", stroke: "#c6cfd9" }));
  for (const one of plan.things) svg.append(drawThing(one));
  for (const one of plan.seats) {
    const group = drawSeat(one, seats[one.id] ? names[seats[one.id]] : "");
    group.append(element("title", {}, said(one.id)));
    if (one.kind !== "blocked") {
      group.dataset.id = one.id; group.setAttribute("role", "button"); group.setAttribute("tabindex", "0"); group.setAttribute("aria-label", said(one.id));
      group.setAttribute("aria-pressed", String(!!held && seats[one.id] === held)); group.classList.toggle("is-chosen", !!held && seats[one.id] === held);
    }
    svg.append(group);
  }
  sheet.replaceChildren(svg);
  if (focus) svg.querySelector(`[data-id="${focus}"]`)?.focus();
  const left = Object.keys(names).filter((who) => !seatOf(who)).sort((a, b) => names[a].localeCompare(names[b], "vi"));
  list.replaceChildren(...left.map((who) => {
    const button = document.createElement("button");
    button.type = "button"; button.className = "hs-btn"; button.dataset.who = who; button.textContent = names[who];
    button.setAttribute("aria-pressed", String(held === who));
    return button;
  }));
  document.querySelector("[data-hs-given-count]").textContent = left.length;
}
function hold(who) { held = held === who ? "" : who; draw(); if (held) say(`${names[held]} ${texts.chosen}`); }
function sit(id) {
  const from = seatOf(held), other = seats[id];
  if (other === held) return hold(held);
  delete seats[from];
  if (other && from) seats[from] = other;
  seats[id] = held;
  say(`${names[held]} ${texts.moved} ${label(id)}.${other && !from ? ` ${names[other]} ${texts.out}.` : ""}`);
  held = "";
  changed();
}
function changed() {
  form.querySelector("[type=submit]").disabled = false;
  form.querySelector("[data-hs-given-inputs]").replaceChildren(...Object.entries(seats).map(([id, who]) => {
    const input = document.createElement("input");
    input.type = "hidden"; input.name = "seats:list"; input.value = `${id}=${who}`;
    return input;
  }));
  draw();
}
const pick = (id) => (held ? sit(id) : seats[id] && hold(seats[id]));
sheet.addEventListener("click", (event) => { const id = event.target.closest?.("[data-id]")?.dataset.id; if (id) pick(id); });
sheet.addEventListener("keydown", (event) => {
  const id = event.target.closest?.("[data-id]")?.dataset.id;
  if (id && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); pick(id); }
  if (event.key === "Escape" && held) hold(held);
});
list.addEventListener("click", (event) => { const who = event.target.closest?.("[data-who]")?.dataset.who; if (who) hold(who); });
draw();
