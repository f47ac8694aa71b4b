// [data-hs-picker]: a combobox with chips that asks @@pick?kind=…&q=…
// The server renders the chosen values as .hs-chip with a hidden input each.
import { say, text } from "./texts.js";

let counter = 0;

class Picker {
  constructor(root) {
    this.root = root;
    this.many = root.dataset.hsMany !== undefined;
    this.name = root.dataset.hsName;
    this.kind = root.dataset.hsPicker;
    this.box = root.querySelector(".hs-picker__box");
    this.input = this.box.querySelector("input[role=combobox]");
    this.list = document.createElement("ul");
    this.list.className = "hs-picker__list";
    this.list.id = `hs-list-${(counter += 1)}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.getAttribute("aria-label") || text("type"));
    this.list.hidden = true;
    root.append(this.list);
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.placeholder = this.input.placeholder || text("type");
    this.active = -1;
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("focus", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.box.addEventListener("click", (event) => {
      const button = event.target.closest(".hs-chip button");
      if (button) this.remove(button.closest(".hs-chip"));
      else this.input.focus();
    });
    this.list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]:not([aria-disabled])");
      event.preventDefault();
      if (option) this.choose(option);
    });
    root.addEventListener("hs:choose", (event) => this.set(event.detail.values, event.detail.titles || {}));
    this.refresh();
  }

  /** Choose exactly these values; those that were not chosen before need their titles. */
  set(values, titles) {
    this.box.querySelectorAll(".hs-chip").forEach((one) => { if (!values.includes(one.querySelector("input").value)) one.remove(); });
    const there = new Set(this.values());
    for (const value of values) if (!there.has(value)) this.add(value, titles[value] || value);
    this.refresh();
    this.root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  values() { return [...this.box.querySelectorAll(".hs-chip input")].map((one) => one.value); }

  search() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(), 120);
  }

  async fetch() {
    const query = this.input.value.trim();
    const asked = (this.asked = `${this.kind}|${query}`);
    const portal = document.body.dataset.portalUrl;
    let data;
    try {
      const answer = await fetch(`${portal}/@@pick?kind=${this.kind}&q=${encodeURIComponent(query)}`, { credentials: "same-origin" });
      data = await answer.json();
    } catch { return; }
    if (asked !== this.asked || document.activeElement !== this.input) return;
    const chosen = new Set(this.values());
    this.show((data.items || []).filter((one) => !chosen.has(one.value)), data.more);
  }

  show(items, more) {
    this.list.replaceChildren(...items.map((one, index) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.value = one.value;
      option.dataset.title = one.title;
      if (one.mark) {
        const mark = document.createElement("i");
        mark.textContent = one.mark;
        mark.setAttribute("aria-hidden", "true");
        option.append(mark);
      }
      const words = document.createElement("span");
      words.textContent = one.title;
      if (one.about) { const about = document.createElement("small"); about.textContent = one.about; words.append(about); }
      option.append(words);
      return option;
    }));
    if (!items.length || more) {
      const note = document.createElement("li");
      note.setAttribute("role", "option");
      note.setAttribute("aria-disabled", "true");
      note.textContent = items.length ? text("more") : text("none");
      this.list.append(note);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    say(items.length ? text("found", { count: items.length }) : text("none"));
    this.mark(items.length && this.input.value ? 0 : -1);
  }

  options() { return [...this.list.querySelectorAll("[role=option]:not([aria-disabled])")]; }

  mark(index) {
    const options = this.options();
    this.active = options.length ? Math.max(-1, Math.min(index, options.length - 1)) : -1;
    options.forEach((one, place) => one.setAttribute("aria-selected", place === this.active));
    const current = options[this.active];
    if (current) { this.input.setAttribute("aria-activedescendant", current.id); current.scrollIntoView({ block: "nearest" }); }
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown") { event.preventDefault(); if (open) this.mark(this.active + 1); else this.search(); }
    else if (event.key === "ArrowUp" && open) { event.preventDefault(); this.mark(this.active - 1); }
    else if (event.key === "Enter" && open) { event.preventDefault(); const option = this.options()[this.active]; if (option) this.choose(option); }
    else if (event.key === "Escape" && open) { event.preventDefault(); event.stopPropagation(); this.close(); }
    else if (event.key === "Backspace" && !this.input.value) {
      const chips = this.box.querySelectorAll(".hs-chip");
      if (chips.length) this.remove(chips[chips.length - 1]);
    }
  }

  add(value, title) {
    const chip = document.createElement("span");
    chip.className = "hs-chip";
    const name = document.createElement("span");
    name.textContent = title;
    const input = document.createElement("input");
    input.type = "hidden";
    input.name = this.name;
    input.value = value;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", `${text("remove")} ${title}`);
    chip.append(name, input, button);
    this.input.before(chip);
  }

  choose(option) {
    if (!this.many) this.box.querySelectorAll(".hs-chip").forEach((one) => one.remove());
    this.add(option.dataset.value, option.dataset.title);
    this.input.value = "";
    say(option.dataset.title);
    this.close();
    this.refresh();
    this.root.dispatchEvent(new Event("change", { bubbles: true }));
    if (this.many) this.input.focus();
  }

  remove(chip) {
    say(`${text("remove")} ${chip.textContent.replace("×", "")}`);
    chip.remove();
    this.refresh();
    this.input.focus();
    this.root.dispatchEvent(new Event("change", { bubbles: true }));
  }

  refresh() { this.root.classList.toggle("is-full", !this.many && this.values().length > 0); }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export function equipPickers(root = document) {
  root.querySelectorAll("[data-hs-picker]:not([data-hs-ready])").forEach((one) => { one.dataset.hsReady = ""; new Picker(one); });
}

equipPickers();
