// What is free instead of what was asked for, and putting it into the fields of a form.
import { say, text } from "./texts.js";

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false && value != null) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** What is free instead: a button each where the form has fields for it, else its text. */
export function offers(form, found) {
  const list = element("ul", { class: "hs-offers" });
  for (const one of found) {
    if (!fillable(form, one.fill)) { list.append(element("li", {}, one.text)); continue; }
    const button = element("button", { type: "button", class: "hs-btn" }, one.text);
    button.addEventListener("click", () => { fill(form, one.fill, one.titles); say(text("filled", { what: one.text })); });
    list.append(element("li", {}, button));
  }
  return element("div", {}, element("b", {}, text("instead")), list);
}

function inputsFor(form, name) {
  const by = (one) => [...form.querySelectorAll(`[name="${CSS.escape(one)}"]`)].filter((input) => input.type !== "hidden");
  const found = [name, `${name}:list`, `form.widgets.${name}`].map(by).find((inputs) => inputs.length);
  if (found) return found;
  return ["date", "time"].flatMap((part) => [`${name}-${part}`, `form.widgets.${name}-${part}`].flatMap(by));
}

const pickerFor = (form, name) => [...form.querySelectorAll("[data-hs-picker]")]
  .find((one) => [name, `${name}:list`, `form.widgets.${name}`, `form.widgets.${name}:list`].includes(one.dataset.hsName));

const fillable = (form, values) => Boolean(form) && Object.keys(values || {})
  .every((name) => inputsFor(form, name).length || pickerFor(form, name));

/** Put values into fields: boxes to tick, pickers, a date and a time of their own, or one text. */
export function fill(form, values, titles = {}) {
  for (const [name, value] of Object.entries(values)) {
    const inputs = inputsFor(form, name);
    const picker = pickerFor(form, name);
    if (picker) picker.dispatchEvent(new CustomEvent("hs:choose", { detail: { values: [value].flat(), titles } }));
    else if (inputs.length && inputs[0].type === "checkbox") inputs.forEach((one) => { one.checked = value.includes(one.value); });
    else if (inputs.length === 2) value.split(" ").forEach((part, place) => { inputs[place].value = part; });
    else if (inputs.length) inputs[0].value = value;
    if (inputs.length) inputs[inputs.length - 1].dispatchEvent(new Event("change", { bubbles: true }));
  }
}
