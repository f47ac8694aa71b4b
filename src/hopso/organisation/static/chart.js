// [data-hs-chart]: zoom by buttons and keys, move by dragging, scrolling and arrow keys.
const STEP = 1.25;
const SMALLEST = 0.1;
const LARGEST = 4;

class Chart {
  constructor(frame) {
    this.frame = frame;
    this.svg = frame.querySelector("svg");
    this.width = this.svg.viewBox.baseVal.width;
    this.height = this.svg.viewBox.baseVal.height;
    this.scale = 1;
    const tools = frame.parentElement.querySelector("[data-hs-chart-tools]");
    if (tools) {
      tools.hidden = false;
      tools.addEventListener("click", (event) => {
        const button = event.target.closest("[data-hs-zoom]");
        if (button) this.zoom(button.dataset.hsZoom);
      });
    }
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? "in" : "out");
    }, { passive: false });
    frame.addEventListener("pointerdown", (event) => this.grab(event));
    if (this.width > frame.clientWidth && this.width < frame.clientWidth * 1.6) this.zoom("fit");
  }

  zoom(how) {
    const middleX = (this.frame.scrollLeft + this.frame.clientWidth / 2) / this.scale;
    const middleY = (this.frame.scrollTop + this.frame.clientHeight / 2) / this.scale;
    let scale = how === "in" ? this.scale * STEP : this.scale / STEP;
    if (how === "fit") scale = this.frame.clientWidth / this.width;
    this.scale = Math.min(LARGEST, Math.max(SMALLEST, scale));
    this.svg.style.width = `${this.width * this.scale}px`;
    this.svg.style.height = `${this.height * this.scale}px`;
    this.frame.scrollLeft = middleX * this.scale - this.frame.clientWidth / 2;
    this.frame.scrollTop = middleY * this.scale - this.frame.clientHeight / 2;
  }

  key(event) {
    const how = { "+": "in", "=": "in", "-": "out", 0: "fit" }[event.key];
    if (!how || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.zoom(how);
  }

  grab(event) {
    // Fingers scroll by themselves.
    if (event.button !== 0 || event.pointerType === "touch") return;
    const { scrollLeft, scrollTop } = this.frame;
    const move = (moved) => {
      this.frame.classList.add("is-dragged");
      this.frame.scrollLeft = scrollLeft - (moved.clientX - event.clientX);
      this.frame.scrollTop = scrollTop - (moved.clientY - event.clientY);
    };
    const drop = (dropped) => {
      removeEventListener("pointermove", move);
      const far = Math.hypot(dropped.clientX - event.clientX, dropped.clientY - event.clientY) > 4;
      if (far) addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      setTimeout(() => this.frame.classList.remove("is-dragged"), 0);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", drop, { once: true });
    event.preventDefault();
    this.frame.focus({ preventScroll: true });
  }
}

for (const frame of document.querySelectorAll("[data-hs-chart]")) if (frame.querySelector("svg")) new Chart(frame);
