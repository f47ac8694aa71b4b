// Họp Số in the browser: operations, dialogs, menus, lists that people put in order.
// Pages work as plain forms without it; see docs/theme.md for the attributes.
import "./availability.js";
import { element, offers } from "./offers.js";
import "./picker.js";
import { say, text } from "./texts.js";

const main = () => document.querySelector("main") || document.body;

/* ---------- operations: form[data-hs-operation] ---------- */

function answerPlace(form) {
  const old = form.querySelector(":scope .hs-answer") || document.querySelector("main > .hs-messages > .hs-answer");
  if (old) old.remove();
  const box = element("div", { class: "hs-answer", role: "alert", tabindex: "-1" });
  const body = form.querySelector(".hs-dialog__body, [data-hs-answer]");
  const fields = form.querySelector("input:not([type=hidden]), textarea, select");
  if (body) body.prepend(box);
  else if (fields && form.offsetParent !== null) form.prepend(box);
  else {
    document.querySelectorAll("dialog[open]").forEach((one) => one.close());
    (document.querySelector("main > .hs-messages") || main()).prepend(box);
  }
  return box;
}

function clearErrors(form) {
  form.querySelectorAll(".hs-error[data-hs-made]").forEach((one) => one.remove());
  form.querySelectorAll(".has-error").forEach((one) => one.classList.remove("has-error"));
  form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
}

function showFieldErrors(form, errors) {
  const left = [];
  for (const [name, message] of Object.entries(errors || {})) {
    const input = form.querySelector(`[name="${CSS.escape(name)}"], [data-hs-field="${CSS.escape(name)}"]`);
    const field = input && input.closest(".hs-field");
    if (!field) { left.push(`${name}: ${message}`); continue; }
    const note = element("p", { class: "hs-error", id: `hs-error-${name}`, "data-hs-made": true }, message);
    field.classList.add("has-error");
    field.append(note);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", note.id);
  }
  return left;
}

export function showRefusal(form, data, retry) {
  const box = answerPlace(form);
  const note = element("div", { class: `hs-note hs-note--${data.status === 422 ? "warn" : "bad"}` });
  note.append(element("b", {}, data.message || text("failed")));
  const left = showFieldErrors(form, data.errors);
  if (left.length) note.append(element("ul", {}, ...left.map((one) => element("li", {}, one))));
  const findings = data.findings || [];
  if (findings.length) {
    note.append(element("ul", { class: "hs-findings" }, ...findings.map((one) => {
      const line = element("li", {});
      if (one.article) line.append(element("b", {}, one.article), " – ");
      line.append(one.text);
      if (one.override_who) line.append(element("small", {}, `${text("lifted_by")} ${one.override_who}`));
      if ((one.alternatives || []).length) line.append(offers(form, one.alternatives));
      return line;
    })));
  }
  box.append(note);
  const blocking = findings.filter((one) => one.level === "block");
  if (retry && blocking.length && blocking.every((one) => one.may_override)) box.append(overrideForm(retry));
  box.scrollIntoView({ block: "nearest" });
  box.focus({ preventScroll: true });
}

function overrideForm(retry) {
  const area = element("textarea", { id: "hs-override", rows: "3", class: "hs-input" });
  const button = element("button", { type: "button", class: "hs-btn" }, text("override"));
  const error = element("p", { class: "hs-error", hidden: true }, text("reason_needed"));
  button.addEventListener("click", () => {
    error.hidden = Boolean(area.value.trim());
    if (error.hidden) retry(area.value.trim());
    else area.focus();
  });
  return element("div", { class: "hs-field" }, element("label", { for: "hs-override" }, text("reason")), area, error,
    element("p", { class: "hs-help" }, text("reason_help")), button);
}

function remember(message) {
  try { sessionStorage.setItem("hs-done", message); } catch { /* private window: the page itself shows the change */ }
}

/** Send a form to @@do; resolves to {ok, data}. Nothing typed is lost when it fails. */
export async function post(url, body) {
  let answer;
  try {
    answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
  } catch {
    return { ok: false, data: { status: 0, message: text("offline") } };
  }
  let data = {};
  try { data = await answer.json(); } catch { /* a page instead of JSON: logged out or broken */ }
  if (answer.ok && !data.location && answer.redirected) return { ok: false, data: { status: 401, message: text("login") } };
  if (!answer.ok && !data.message) data.message = answer.status === 401 || answer.status === 403 ? text("login") : text("failed");
  return { ok: answer.ok, data: { status: answer.status, ...data } };
}

async function submitOperation(form, submitter, reason) {
  if (form.getAttribute("aria-busy") === "true") return;
  const body = new FormData(form, submitter && submitter.name ? submitter : undefined);
  if (reason) body.set("override_reason", reason);
  const buttons = [...form.querySelectorAll("button, input[type=submit]")];
  form.setAttribute("aria-busy", "true");
  buttons.forEach((one) => one.setAttribute("aria-busy", "true"));
  clearErrors(form);
  const { ok, data } = await post(form.action, body);
  form.removeAttribute("aria-busy");
  buttons.forEach((one) => one.removeAttribute("aria-busy"));
  if (!ok) return showRefusal(form, data, (why) => submitOperation(form, submitter, why));
  const event = new CustomEvent("hs:done", { bubbles: true, cancelable: true, detail: data });
  if (!form.dispatchEvent(event)) return;
  remember(form.dataset.hsDone || text("done"));
  const target = data.location || location.href;
  if (target.split("#")[0] === location.href.split("#")[0]) location.reload();
  else location.assign(target);
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-hs-operation]")) return;
  event.preventDefault();
  const { submitter } = event;
  const question = (submitter && submitter.dataset.hsConfirm) || form.dataset.hsConfirm;
  if (question && !(await confirmed(question))) return;
  submitOperation(form, submitter);
});

function confirmed(question) {
  return new Promise((resolve) => {
    const yes = element("button", { class: "hs-btn hs-btn--primary", value: "yes" }, text("yes"));
    const no = element("button", { class: "hs-btn", value: "no", autofocus: true }, text("no"));
    const dialog = element("dialog", { class: "hs-dialog", "aria-label": question },
      element("form", { method: "dialog" }, element("div", { class: "hs-dialog__body" }, element("p", {}, question)), element("footer", {}, no, yes)));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "yes"); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/* ---------- dialogs and menus ---------- */

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-hs-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.hsOpen);
    if (dialog && !dialog.open) {
      event.preventDefault();
      opener.closest("details[data-hs-menu]")?.removeAttribute("open");
      for (const [name, value] of Object.entries(JSON.parse(opener.dataset.hsFill || "{}"))) {
        dialog.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((one) => { one.value = value; });
        dialog.querySelectorAll(`[data-hs-show="${CSS.escape(name)}"]`).forEach((one) => { one.textContent = value; });
      }
      dialog.showModal();
    }
    return;
  }
  const closer = event.target.closest("[data-hs-close]");
  if (closer) { event.preventDefault(); closer.closest("dialog")?.close(); return; }
  if (event.target.matches?.("dialog.hs-dialog")) {
    const box = event.target.getBoundingClientRect();
    if (event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom) event.target.close();
  }
  document.querySelectorAll("details[data-hs-menu][open]").forEach((one) => { if (!one.contains(event.target)) one.open = false; });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-hs-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest?.("details[data-hs-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});

/* ---------- lists in order: [data-hs-sortable] ---------- */

const ARROWS = { up: "M5 12l5-5 5 5", down: "M5 8l5 5 5-5" };

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

class Sortable {
  constructor(list) {
    this.list = list;
    this.items().forEach((item) => this.equip(item));
    this.refresh();
  }

  items() { return [...this.list.querySelectorAll("[data-hs-sort-item]")]; }
  order() { return this.items().map((one) => one.dataset.hsSortItem); }

  equip(item) {
    const title = item.dataset.hsSortTitle || item.querySelector("strong")?.textContent || "";
    const button = (way) => {
      const made = element("button", { type: "button", "data-way": way, "aria-label": `${text(way)}: ${title}`, title: text(way) }, icon(ARROWS[way]));
      made.addEventListener("click", () => this.step(item, way === "up" ? -1 : 1, way));
      return made;
    };
    const grip = element("span", { class: "hs-grip", "aria-hidden": "true", title: text("drag") }, "⠿");
    grip.addEventListener("pointerdown", (event) => this.drag(event, item));
    const place = item.querySelector("[data-hs-sort-controls]") || item;
    place.append(element("span", { class: "hs-sort" }, button("up"), button("down"), grip));
  }

  refresh() {
    const items = this.items();
    items.forEach((item, index) => {
      const number = item.querySelector("[data-hs-sort-number]");
      if (number) number.textContent = index + 1;
      item.querySelector("[data-way=up]").disabled = index === 0;
      item.querySelector("[data-way=down]").disabled = index === items.length - 1;
    });
  }

  place(item, index) {
    const others = this.items().filter((one) => one !== item);
    if (index >= others.length) others[others.length - 1]?.after(item);
    else others[index].before(item);
  }

  step(item, by, way) {
    const before = this.order();
    this.place(item, this.items().indexOf(item) + by);
    this.refresh();
    const button = item.querySelector(`[data-way=${way}]`);
    (button.disabled ? item.querySelector("[data-way]:not([disabled])") : button)?.focus();
    clearTimeout(this.timer); // several steps in a row are saved once
    this.start ??= before;
    this.timer = setTimeout(() => this.save(item), 500);
  }

  drag(event, item) {
    event.preventDefault();
    this.start ??= this.order();
    // Listens on the document: an item that changes its place loses the pointer's capture.
    item.classList.add("is-dragging");
    const move = (moved) => {
      const others = this.items().filter((one) => one !== item);
      const index = others.findIndex((one) => {
        const box = one.getBoundingClientRect();
        return moved.clientY < box.top + box.height / 2;
      });
      this.place(item, index < 0 ? others.length : index);
    };
    const end = () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      item.classList.remove("is-dragging");
      this.refresh();
      this.save(item);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
  }

  async save(item) {
    const start = this.start;
    this.start = undefined;
    const order = this.order();
    if (!start || String(start) === String(order)) return;
    const { hsUrl, hsVerb, hsParam = "order", hsToken } = this.list.dataset;
    const body = new FormData();
    body.set("verb", hsVerb);
    body.set("_authenticator", hsToken);
    order.forEach((one) => body.append(hsParam, one));
    this.list.setAttribute("aria-busy", "true");
    const { ok, data } = await post(hsUrl, body);
    this.list.removeAttribute("aria-busy");
    if (ok) {
      say(text("moved", { number: order.indexOf(item.dataset.hsSortItem) + 1, count: order.length }));
      this.list.dispatchEvent(new CustomEvent("hs:sorted", { bubbles: true, detail: { order } }));
      return;
    }
    const byId = new Map(this.items().map((one) => [one.dataset.hsSortItem, one]));
    const items = this.items();
    const mark = document.createComment("");
    items[0].before(mark);
    start.forEach((id) => mark.before(byId.get(id)));
    mark.remove();
    this.refresh();
    showRefusal(element("form"), data);
  }
}

/* ---------- dates typed in many ways ---------- */

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches?.("[data-hs-date]")) {
    const parts = input.value.trim().match(/^(\d{1,2})[\/.\- ](\d{1,2})[\/.\- ](\d{4})$/) || input.value.match(/^(\d{2})(\d{2})(\d{4})$/);
    if (parts) input.value = `${parts[1].padStart(2, "0")}/${parts[2].padStart(2, "0")}/${parts[3]}`;
  } else if (input.matches?.("[data-hs-time]")) {
    const parts = input.value.trim().match(/^(\d{1,2})\s*[:hg.]\s*(\d{0,2})$/i) || input.value.trim().match(/^(\d{1,2}?)(\d{2})?$/);
    if (parts) input.value = `${parts[1].padStart(2, "0")}:${(parts[2] || "").padStart(2, "0")}`;
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-hs-calendar]");
  if (!button) return;
  const shown = document.getElementById(button.dataset.hsCalendar);
  const native = element("input", { type: "date", tabindex: "-1", "aria-hidden": "true", style: "position:absolute;opacity:0;width:1px;height:1px" });
  const parts = shown.value.match(/^(\d{2})\/(\d{2})\/(\d{4})$/);
  if (parts) native.value = `${parts[3]}-${parts[2]}-${parts[1]}`;
  native.addEventListener("change", () => { shown.value = native.value.split("-").reverse().join("/"); shown.focus(); });
  native.addEventListener("blur", () => setTimeout(() => native.remove(), 200));
  button.after(native);
  native.focus();
  native.showPicker?.();
});

/* ---------- start ---------- */

export function equip(root = document) {
  root.querySelectorAll("[data-hs-sortable]:not([data-hs-ready])").forEach((one) => { one.dataset.hsReady = ""; new Sortable(one); });
}

equip();
document.querySelectorAll("dialog[data-hs-open-now]").forEach((one) => one.showModal());
try {
  const done = sessionStorage.getItem("hs-done");
  if (done) {
    sessionStorage.removeItem("hs-done");
    const place = document.querySelector("main > .hs-messages");
    if (place && !place.querySelector(".hs-note")) place.prepend(element("div", { class: "hs-note hs-note--good", role: "status" }, element("span", {}, done)));
  }
} catch { /* private window */ }
