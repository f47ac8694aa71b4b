// The reader: pages, zoom, turning, small pictures, text, keys.
// Other scripts of the page use window.hsReader and the event "hs-rd:page".
const body = document.body;
const setup = JSON.parse(body.dataset.setup);
const T = (name, n, m) => (setup.texts[name] || name).replace("{n}", n).replace("{m}", m);
const $ = (id) => document.getElementById(id);
const box = $("pages");
const sections = [...document.querySelectorAll(".hs-rd-page")];
const total = sections.length;
const SMALL = 180, NORMAL = 720;
const WIDE = 920; // wider than that a page is too much for the eye at first
const STEP = 1.2, MIN = 160, MAX = 4000, HUNDRED = 794; // 100 % is A4 at 96 dots an inch
const keep = {
  get: (key) => { try { return localStorage.getItem("hs-rd." + key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem("hs-rd." + key, value); } catch { /* private mode */ } },
};

let width = 0, fitted = true, turn = 0, current = 1, textMode = false;
const shape = setup.sizes.map(([w, h]) => (h ? w / h : 210 / 297));

const source = (n, size) => setup.image.replace("{size}", size).replace("{n}", n);
const sheetOf = (n) => sections[n - 1].querySelector(".hs-rd-sheet");

// -- shape and zoom ---------------------------------------------------------
function layOut(n) {
  const sheet = sheetOf(n), ratio = shape[n - 1], lying = turn % 180 !== 0;
  sheet.style.aspectRatio = lying ? 1 / ratio : ratio;
  for (const img of sheet.querySelectorAll("img")) {
    img.style.transform = turn ? `translate(-50%,-50%) rotate(${turn}deg)` : "";
    img.style.left = img.style.top = turn ? "50%" : "0";
    img.style.width = lying ? `${ratio * 100}%` : "100%";
    img.style.height = lying ? `${100 / ratio}%` : "100%";
  }
}

function fitWidth() {
  const style = getComputedStyle(box);
  return Math.max(MIN, box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight));
}

// Zoom so that the point of the page under (x, y), in pixels of the box, stays where it is.
function zoomTo(wanted, x = box.clientWidth / 2, y = box.clientHeight / 3, fit = false) {
  const at = pageAt(box.scrollTop + y), part = sections[at - 1];
  const old = sheetOf(at).getBoundingClientRect(), frame = box.getBoundingClientRect();
  const px = (x + frame.left - old.left) / old.width, py = (y + frame.top - old.top) / old.height;
  width = Math.min(MAX, Math.max(MIN, wanted));
  fitted = fit;
  box.style.setProperty("--page", `${Math.round(width)}px`);
  const now = part.querySelector(".hs-rd-sheet").getBoundingClientRect();
  box.scrollLeft += now.left + px * now.width - frame.left - x;
  box.scrollTop += now.top + py * now.height - frame.top - y;
  $("rd-zoom").textContent = T("zoom", Math.round((width / HUNDRED) * 100));
  $("rd-fit").setAttribute("aria-pressed", String(fit));
  sharpen();
}
const fit = () => zoomTo(fitWidth(), undefined, 0, true);

function rotate() {
  turn = (turn + 90) % 360;
  const n = current;
  for (let i = 1; i <= total; i++) layOut(i);
  goTo(n, false);
}

// -- pictures: the small one first, the sharp one when it is near ------------
const near = new Set();
const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const n = Number(entry.target.dataset.n);
    if (entry.isIntersecting) { near.add(n); show(n); } else { near.delete(n); blur(n); }
  }
}, { root: box, rootMargin: "120% 0px" });

function picture(n, size) {
  const img = new Image();
  img.decoding = "async";
  img.className = size === "small" ? "is-small" : "is-sharp";
  img.dataset.size = size;
  img.alt = size === "small" ? "" : T("page", n);
  img.draggable = false;
  img.src = source(n, size);
  return img;
}

function show(n) {
  const sheet = sheetOf(n);
  if (!sheet.querySelector(".is-small")) {
    const img = picture(n, "small");
    img.onerror = () => failed(n);
    sheet.append(img);
    layOut(n);
  }
  want(n);
  if (textMode) fetchText(n);
}

let sharpening;
function sharpen() {
  clearTimeout(sharpening);
  sharpening = setTimeout(() => [...near].forEach(want), 160);
}

function want(n) {
  const pixels = width * Math.min(devicePixelRatio || 1, 2);
  const size = pixels <= SMALL ? "small" : pixels <= NORMAL ? "normal" : "large";
  const sheet = sheetOf(n), have = sheet.querySelector(".is-sharp");
  if (size === "small" || (have && (have.dataset.size === size || have.dataset.size === "large"))) return;
  if (sheet.dataset.loading === size) return;
  sheet.dataset.loading = size;
  const img = picture(n, size);
  img.onload = () => {
    delete sheet.dataset.loading;
    if (!near.has(n)) return;
    have?.remove();
    sheet.append(img);
    layOut(n);
  };
  img.onerror = () => { delete sheet.dataset.loading; failed(n); };
}

// Far pages give their big picture back: a tablet has little memory.
function blur(n) { sheetOf(n).querySelector(".is-sharp")?.remove(); }

function failed(n) {
  const sheet = sheetOf(n);
  if (sheet.querySelector("button") || sheet.querySelector(".is-sharp")) return;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "hs-btn hs-rd-again";
  again.textContent = T("image_failed");
  again.onclick = () => { sheet.replaceChildren(); show(n); };
  sheet.append(again);
}

// -- where we are -----------------------------------------------------------
function pageAt(y) {
  let low = 0, high = total - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sections[middle].offsetTop - box.offsetTop <= y) low = middle; else high = middle - 1;
  }
  return low + 1;
}

let ticking = false;
function scrolled() {
  if (ticking) return;
  ticking = true;
  requestAnimationFrame(() => {
    ticking = false;
    const end = box.scrollTop + box.clientHeight >= box.scrollHeight - 4 && box.scrollTop > 0;
    setCurrent(end && total > 1 && sections[total - 1].offsetHeight < box.clientHeight ? total : pageAt(box.scrollTop + box.clientHeight * 0.4));
  });
}

let noting;
function setCurrent(n) {
  if (n === current) return;
  current = n;
  if (document.activeElement !== $("rd-page")) $("rd-page").value = n;
  mark();
  clearTimeout(noting);
  noting = setTimeout(() => {
    history.replaceState(null, "", `#p${n}`);
    keep.set(`page.${setup.uid}.${setup.version}`, n);
  }, 300);
  document.dispatchEvent(new CustomEvent("hs-rd:page", { detail: n }));
}

function goTo(n, focus = true) {
  n = Math.min(total, Math.max(1, Math.round(n) || 1));
  const section = sections[n - 1];
  box.scrollTop = section.offsetTop - box.offsetTop - (n === 1 ? 100 : 8);
  setCurrent(n);
  if (focus) box.focus({ preventScroll: true });
}

// -- small pictures at the side ---------------------------------------------
const thumbs = $("thumbs");
let thumbWatcher;
function showThumbs(on, remember = true) {
  thumbs.hidden = !on;
  $("rd-thumbs").setAttribute("aria-pressed", String(on));
  if (remember) keep.set("thumbs", on ? "1" : "0");
  if (on && !thumbs.firstChild) {
    thumbWatcher = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        thumbWatcher.unobserve(target);
        target.firstChild.src = source(target.dataset.n, "small");
      }
    }, { root: thumbs, rootMargin: "60% 0px" });
    for (let n = 1; n <= total; n++) {
      const link = document.createElement("a");
      link.href = `#p${n}`;
      link.dataset.n = n;
      const img = document.createElement("img");
      img.alt = "";
      img.style.aspectRatio = shape[n - 1];
      const label = document.createElement("span");
      label.textContent = n;
      link.setAttribute("aria-label", T("page", n));
      link.append(img, label);
      link.onclick = (event) => { event.preventDefault(); goTo(n); };
      thumbs.append(link);
      thumbWatcher.observe(link);
    }
  }
  mark();
  if (fitted && width) fit();
}

function mark() {
  if (thumbs.hidden) return;
  thumbs.querySelector("[aria-current]")?.removeAttribute("aria-current");
  const link = thumbs.children[current - 1];
  link?.setAttribute("aria-current", "page");
  if (link && (link.offsetTop < thumbs.scrollTop || link.offsetTop + link.offsetHeight > thumbs.scrollTop + thumbs.clientHeight))
    thumbs.scrollTop = link.offsetTop - thumbs.clientHeight / 2;
}

// -- text -------------------------------------------------------------------
const CHUNK = 10, asked = new Map();
function fetchText(n) {
  const first = Math.floor((n - 1) / CHUNK) * CHUNK + 1;
  if (asked.has(first)) return;
  asked.set(first, true);
  fetch(`${setup.url}/@@page-texts?from=${first}&to=${first + CHUNK - 1}`, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(({ pages }) => {
      for (const { page, text } of pages) {
        const place = sections[page - 1]?.querySelector(".hs-rd-text");
        if (place) place.textContent = text.trim() || T("no_text");
      }
    })
    .catch(() => asked.delete(first));
}

function showText(on) {
  textMode = on;
  const n = current;
  body.classList.toggle("hs-rd--text", on);
  $("rd-text").setAttribute("aria-pressed", String(on));
  if (on) { for (let i = n; i <= Math.min(total, n + CHUNK); i += CHUNK) fetchText(i); near.forEach(fetchText); }
  goTo(n, false);
}

// -- full screen, help --------------------------------------------------------
function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}
document.addEventListener("fullscreenchange", () => $("rd-full").setAttribute("aria-pressed", String(!!document.fullscreenElement)));

// -- fingers and wheel --------------------------------------------------------
let pinch = null;
const spread = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
function pinchStart(event) {
  if (event.touches.length === 2) pinch = { from: spread(event.touches), width };
}
function pinchMove(event) {
  if (!pinch || event.touches.length !== 2) return;
  event.preventDefault();
  const frame = box.getBoundingClientRect(), [a, b] = event.touches;
  zoomTo(pinch.width * (spread(event.touches) / pinch.from), (a.clientX + b.clientX) / 2 - frame.left, (a.clientY + b.clientY) / 2 - frame.top);
}
function wheel(event) {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const frame = box.getBoundingClientRect();
  zoomTo(width * Math.exp(-event.deltaY / 400), event.clientX - frame.left, event.clientY - frame.top);
}

// -- keys ---------------------------------------------------------------------
const single = $("rd-single");
const KEYS = {
  j: () => goTo(current + 1), k: () => goTo(current - 1),
  g: () => $("rd-page").select(), "+": () => zoomTo(width * STEP), "=": () => zoomTo(width * STEP), "-": () => zoomTo(width / STEP),
  0: fit, r: rotate, t: () => showThumbs(thumbs.hidden), x: () => showText(!textMode), f: fullScreen,
  "?": () => $("rd-keys").showModal(), "/": () => window.hsReader.openFind?.(),
  n: () => window.hsReader.nextHit?.(1), N: () => window.hsReader.nextHit?.(-1),
  "[": () => setup.previous && (location.href = setup.previous), "]": () => setup.next && (location.href = setup.next),
};
function keyed(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f" && window.hsReader.openFind) {
    event.preventDefault();
    return window.hsReader.openFind();
  }
  if (event.key === "F3") { event.preventDefault(); return window.hsReader.nextHit?.(event.shiftKey ? -1 : 1); }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  if (document.activeElement === body) {
    // Nobody has to click into the document before the keyboard scrolls it.
    const by = { PageDown: 0.9, PageUp: -0.9, ArrowDown: 0.08, ArrowUp: -0.08, " ": event.shiftKey ? -0.9 : 0.9 }[event.key];
    if (by) { event.preventDefault(); box.scrollBy({ top: by * box.clientHeight }); return; }
  }
  if (event.key === "Home") { event.preventDefault(); return goTo(1); }
  if (event.key === "End") { event.preventDefault(); return goTo(total); }
  const action = single.checked && (KEYS[event.key] || (event.key !== "N" && KEYS[event.key.toLowerCase()]));
  if (action) { event.preventDefault(); action(); }
}

// -- start --------------------------------------------------------------------
window.hsReader = { setup, T, keep, goTo, page: () => current, total, box, refit: () => fitted && fit() };
if (total) {
  for (let n = 1; n <= total; n++) { sheetOf(n).replaceChildren(); layOut(n); }
  $("rd-thumbs").onclick = () => showThumbs(thumbs.hidden);
  $("rd-up").onclick = () => goTo(current - 1);
  $("rd-down").onclick = () => goTo(current + 1);
  $("rd-in").onclick = () => zoomTo(width * STEP);
  $("rd-out").onclick = () => zoomTo(width / STEP);
  $("rd-fit").onclick = fit;
  $("rd-rotate").onclick = rotate;
  $("rd-text").onclick = () => showText(!textMode);
  $("rd-full").onclick = fullScreen;
  if (!document.fullscreenEnabled) $("rd-full").hidden = true;
  $("rd-help").onclick = () => $("rd-keys").showModal();
  $("rd-page").onchange = (event) => goTo(parseInt(event.target.value, 10));
  $("rd-page").onkeydown = (event) => { if (event.key === "Enter") { event.preventDefault(); goTo(parseInt(event.target.value, 10)); } };
  $("rd-page").onblur = (event) => { event.target.value = current; };
  single.checked = keep.get("single") !== "0";
  single.onchange = () => keep.set("single", single.checked ? "1" : "0");
  box.addEventListener("scroll", scrolled, { passive: true });
  box.addEventListener("wheel", wheel, { passive: false });
  box.addEventListener("touchstart", pinchStart, { passive: true });
  box.addEventListener("touchmove", pinchMove, { passive: false });
  box.addEventListener("touchend", () => { pinch = null; });
  document.addEventListener("keydown", keyed);
  addEventListener("hashchange", () => { const n = /^#p(\d+)$/.exec(location.hash); if (n) goTo(Number(n[1]), false); });
  new ResizeObserver(() => { if (fitted) fit(); }).observe(box);
  const stored = keep.get("thumbs");
  showThumbs(stored ? stored === "1" && innerWidth > 700 : innerWidth >= 1200 && !body.classList.contains("hs-rd--deciding"), false);
  const start = /^#p(\d+)$/.exec(location.hash)?.[1] || keep.get(`page.${setup.uid}.${setup.version}`) || 1;
  if (fitWidth() > WIDE) zoomTo(WIDE, undefined, 0); else fit();
  sections.forEach((section) => watcher.observe(section));
  if (Number(start) > 1) goTo(Number(start), false);
}
document.dispatchEvent(new CustomEvent("hs-rd:ready"));
