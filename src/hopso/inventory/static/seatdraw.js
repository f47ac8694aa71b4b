// How a seat and a thing are drawn; the same as hopso.inventory.seating.drawing.
const SEATS = { seat: ["#ffffff", "#4d5a69", ""], chair: ["#e6eff7", "#0f4c81", ""], secretary: ["#e3f2ea", "#1b6e46", ""], fixed: ["#fdf1dc", "#8a5300", ""], blocked: ["#eef2f6", "#8a97a5", "4 3"] };
const THINGS = { table: "#dfe4ea", screen: "#16202c", door: "#8a97a5", podium: "#c6cfd9" };
const SIZE = 44, INK = "#16202c";

export function element(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}
const words = (x, y, text, size, fill, bold) => element("text", { x, y, "font-size": size, "text-anchor": "middle", fill, stroke: "none", ...(bold ? { "font-weight": 700 } : {}) }, text);
const ring = (x, y, width, height) => element("rect", { class: "hs-seats-ring", x, y, width, height, rx: 11, fill: "none", stroke: "none" });

export function drawSeat(one, name = "") {
  const [fill, line, dash] = SEATS[one.kind], half = SIZE / 2, group = element("g", {});
  group.append(element("rect", { x: one.x - half, y: one.y - half, width: SIZE, height: SIZE, rx: 9, fill, stroke: line, "stroke-width": 2, ...(dash ? { "stroke-dasharray": dash } : {}) }));
  group.append(ring(one.x - half - 3, one.y - half - 3, SIZE + 6, SIZE + 6));
  if (name) {
    const letters = name.split(/\s+/).slice(-2).map((word) => word[0].toUpperCase()).join("");
    group.append(words(one.x, one.y - 3, one.label, 11, INK), words(one.x, one.y + 14, letters, 15, INK, true));
  } else group.append(words(one.x, one.y + 5, one.label, 14, INK));
  return group;
}
export function drawThing(one) {
  const group = element("g", {});
  group.append(element("rect", { x: one.x, y: one.y, width: one.w, height: one.h, rx: 4, fill: THINGS[one.kind], stroke: "none" }));
  group.append(ring(one.x - 3, one.y - 3, one.w + 6, one.h + 6));
  if (one.label) group.append(words(one.x + one.w / 2, one.y + one.h / 2 + 5, one.label, 14, one.kind === "screen" ? "#ffffff" : INK));
  return group;
}
