// The editor of a seat plan: click, touch and keyboard; nothing is sent before "save".
import { element, drawSeat, drawThing } from "./seatdraw.js";
import { say } from "../++resource++hopso.theme/texts.js";

const STEP = 10, GAP = 60, ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const root = document.querySelector("[data-hs-seats]");
const part = (name) => document.querySelector(`[data-hs-seats-${name}]`);
const texts = JSON.parse(root.dataset.texts), sheet = part("sheet"), form = part("form");
let plan = JSON.parse(root.dataset.plan), seen = Number(root.dataset.seen);
let chosen = "", carried = "", dirty = false, past = [], future = [], svg = null, drag = null;

const copy = () => JSON.stringify(plan);
const all = () => [...plan.seats, ...plan.things];
const find = (id) => all().find((one) => one.id === id);
const isSeat = (one) => plan.seats.includes(one);
const nameOf = (one) => (isSeat(one) ? `${texts.seat} ${one.label}` : one.label || part("thing").querySelector(`[value=${one.kind}]`).textContent);
const snap = (value, most) => Math.max(0, Math.min(most, Math.round(value / STEP) * STEP));
const newId = (letter) => { let n = 1; while (find(letter + n)) n += 1; return letter + n; };

function remember(before) {
  past.push(before); if (past.length > 100) past.shift();
  future = []; dirty = true; draw();
}
function change(work) { const before = copy(); work(); if (copy() !== before) remember(before); }

function draw() {
  const held = document.activeElement?.closest?.("[data-id]")?.dataset.id;
  svg = element("svg", { class: "hs-seats", viewBox: `0 0 ${plan.width} ${plan.height}`, width: plan.width, height: plan.height, role: "group" });
  svg.append(element("rect", { x: 1, y: 1, width: plan.width - 2, height: plan.height - 2, fill: "#ffffff", stroke: "#c6cfd9" }));
  for (const one of plan.things) svg.append(prepare(drawThing(one), one));
  for (const one of plan.seats) svg.append(prepare(drawSeat(one), one));
  sheet.replaceChildren(svg);
  if (!find(chosen)) chosen = "";
  const first = chosen || all().at(plan.things.length ? 0 : 0)?.id;
  svg.querySelector(`[data-id="${first}"]`)?.setAttribute("tabindex", "0");
  if (held && find(held)) svg.querySelector(`[data-id="${held}"]`).focus();
  fill();
}
function prepare(group, one) {
  group.dataset.id = one.id;
  group.setAttribute("tabindex", "-1"); group.setAttribute("role", "button"); group.setAttribute("aria-label", nameOf(one));
  group.setAttribute("aria-pressed", String(one.id === carried));
  group.classList.toggle("is-chosen", one.id === chosen); group.classList.toggle("is-carried", one.id === carried);
  return group;
}
function fill() {
  const one = find(chosen), seat = one && isSeat(one);
  form.hidden = !one; part("none").hidden = !!one;
  if (one) for (const field of form.querySelectorAll("[data-hs-seats-field]")) if (field !== document.activeElement) field.value = one[field.dataset.hsSeatsField] ?? "";
  for (const group of form.querySelectorAll("[data-hs-seats-only]")) {
    const only = group.dataset.hsSeatsOnly;
    group.hidden = !(one && (only === "seat" ? seat : only === "thing" ? !seat : seat && one.kind === "fixed"));
  }
  const count = plan.seats.filter((seatOne) => seatOne.kind !== "blocked").length, capacity = Number(root.dataset.capacity);
  part("count").textContent = `${texts.count}: ${count}. ${count === capacity ? "" : `${texts.differs} ${capacity}.`} ${dirty ? `${texts.unsaved}.` : ""}`;
  for (const [name, able] of [["undo", past.length], ["redo", future.length], ["save", dirty]]) for (const button of document.querySelectorAll(`[data-hs-seats-do=${name}]`)) button.disabled = !able;
}
function choose(id, focus = true) {
  chosen = id; if (carried !== id) carried = "";
  draw();
  if (focus && id) svg.querySelector(`[data-id="${id}"]`)?.focus();
}
function nextOf(one, [dx, dy]) {
  let best = null, least = Infinity;
  for (const other of all()) {
    const x = other.x - one.x, y = other.y - one.y, along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (other === one || along <= 0) continue;
    if (along + 2 * aside < least) { least = along + 2 * aside; best = other; }
  }
  return best;
}
function move(one, dx, dy) {
  change(() => { one.x = snap(one.x + dx, plan.width); one.y = snap(one.y + dy, plan.height); });
  say(`${nameOf(one)} ${texts.moved} ${one.x}, ${one.y}`);
}
function remove() {
  const one = find(chosen); if (!one) return;
  const near = nextOf(one, [1, 0]) || nextOf(one, [-1, 0]) || nextOf(one, [0, 1]) || nextOf(one, [0, -1]);
  change(() => { plan.seats = plan.seats.filter((other) => other !== one); plan.things = plan.things.filter((other) => other !== one); });
  say(`${nameOf(one)} ${texts.removed}`);
  choose(near ? near.id : "");
}
function freeLabel() { let n = 1; const taken = new Set(plan.seats.map((one) => one.label.toLowerCase())); while (taken.has(String(n))) n += 1; return String(n); }
function freeSpot() {
  const from = find(chosen) || plan.seats.at(-1) || { x: GAP, y: 2 * GAP };
  let x = from.x + GAP, y = from.y;
  for (let tries = 0; tries < 400; tries += 1) {
    if (x > plan.width - 30) { x = GAP; y += GAP; }
    if (y > plan.height - 30) y = GAP;
    if (!plan.seats.some((one) => Math.abs(one.x - x) < 40 && Math.abs(one.y - y) < 40)) break;
    x += GAP;
  }
  return { x: snap(x, plan.width), y: snap(y, plan.height) };
}
function add(make) { let one; change(() => { one = make(); }); choose(one.id); say(`${nameOf(one)} ${texts.added}`); }

const acts = {
  seat: () => add(() => { const one = { id: newId("s"), ...freeSpot(), label: freeLabel(), kind: "seat", keep: "" }; plan.seats.push(one); return one; }),
  thing: () => add(() => {
    const kind = part("thing").value, [w, h] = { table: [180, 60], screen: [180, 24], door: [60, 16], podium: [60, 40] }[kind];
    const one = { id: newId("t"), kind, x: snap(plan.width / 2 - w / 2, plan.width), y: snap(plan.height / 2, plan.height), w, h, label: "" };
    plan.things.push(one); return one;
  }),
  remove,
  undo: () => { future.push(copy()); plan = JSON.parse(past.pop()); dirty = true; draw(); say(texts.undone); },
  redo: () => { past.push(copy()); plan = JSON.parse(future.pop()); dirty = true; draw(); },
  arrange: async () => {
    const answer = await fetch(`${root.dataset.shape}?shape=${encodeURIComponent(part("shape").value)}&seats=${encodeURIComponent(part("number").value)}`, { credentials: "same-origin" });
    if (!answer.ok) return trouble(texts.line);
    const made = await answer.json();
    change(() => { plan = made; }); choose(""); say(texts.arranged);
  },
  save,
};
function trouble(text) {
  const note = part("trouble"); note.hidden = !text; note.classList.toggle("hs-note--bad", !!text);
  note.firstElementChild.textContent = text;
  if (text) note.scrollIntoView({ block: "nearest" });
}
async function save() {
  trouble("");
  const body = new FormData();
  for (const [name, value] of Object.entries({ verb: "save_seat_plan", _authenticator: root.dataset.token, plan: copy(), seen })) body.append(name, value);
  try {
    const answer = await fetch(root.dataset.do, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
    const data = await answer.json();
    if (!answer.ok) return trouble([data.message, ...Object.values(data.errors || {})].join(" "));
    seen += 1; dirty = false; fill(); say(texts.saved); location.reload();
  } catch { trouble(texts.line); }
}

document.addEventListener("click", (event) => {
  const act = event.target.closest?.("[data-hs-seats-do]");
  if (act && !act.disabled) acts[act.dataset.hsSeatsDo]();
});
form.addEventListener("change", (event) => {
  const name = event.target.dataset.hsSeatsField, one = find(chosen);
  if (!name || !one) return;
  change(() => {
    one[name] = event.target.type === "number" ? Math.max(["w", "h"].includes(name) ? 10 : 0, Math.min(["x", "w"].includes(name) ? plan.width : plan.height, Math.round(Number(event.target.value) || 0))) : event.target.value.trim();
    if (name === "kind" && one.kind === "chair") for (const other of plan.seats) if (other !== one && other.kind === "chair") other.kind = "seat";
  });
});
sheet.addEventListener("keydown", (event) => {
  const id = event.target.closest?.("[data-id]")?.dataset.id, one = find(id);
  if (!one) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    chosen = id; carried = carried === id ? "" : id;
    draw(); svg.querySelector(`[data-id="${id}"]`).focus();
    say(`${nameOf(one)} ${carried ? texts.picked : texts.put}`);
  } else if (ARROWS[event.key]) {
    event.preventDefault();
    const [dx, dy] = ARROWS[event.key];
    if (carried === id) { const by = event.shiftKey ? GAP : STEP; chosen = id; move(one, dx * by, dy * by); } else { const other = nextOf(one, [dx, dy]); if (other) choose(other.id); }
  } else if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault(); chosen = id; remove();
  } else if (event.key === "Escape" && carried) { carried = ""; draw(); }
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && past.length) { event.preventDefault(); acts.undo(); }
});
sheet.addEventListener("focusin", (event) => {
  const id = event.target.closest?.("[data-id]")?.dataset.id;
  if (!id || id === chosen) return;
  svg.querySelectorAll("[data-id]").forEach((one) => { one.setAttribute("tabindex", one.dataset.id === id ? "0" : "-1"); one.classList.toggle("is-chosen", one.dataset.id === id); });
  chosen = id; fill();
});
const point = (event) => { const matrix = svg.getScreenCTM().inverse(); return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix); };
sheet.addEventListener("pointerdown", (event) => {
  const group = event.target.closest?.("[data-id]");
  if (!group || event.button) return;
  const one = find(group.dataset.id), at = point(event);
  drag = { id: one.id, dx: one.x - at.x, dy: one.y - at.y, before: copy() };
  event.preventDefault();
  choose(one.id);
  sheet.setPointerCapture(event.pointerId);
});
sheet.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const at = point(event), one = find(drag.id);
  const x = snap(at.x + drag.dx, plan.width), y = snap(at.y + drag.dy, plan.height);
  if (x !== one.x || y !== one.y) { one.x = x; one.y = y; draw(); }
});
for (const end of ["pointerup", "pointercancel"]) sheet.addEventListener(end, () => {
  if (drag && drag.before !== copy()) remember(drag.before);
  drag = null;
});
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
draw();
