// Many files at once: one form a file, each sent by itself, so that one bad
// file stops no other and nothing that was typed is lost.
const app = document.getElementById("upload-app");
const setup = JSON.parse(app.dataset.setup);
const T = (name, n) => (setup.texts[name] || name).replace("{n}", n);
const $ = (id) => document.getElementById(id);
const list = $("upload-list"), picker = $("many-files"), drop = $("drop"), template = $("upload-one");
const token = app.querySelector("[name=_authenticator]").value;
const NAMES = ["title", "doc_number", "doc_kind", "agenda_item", "issuing_body", "classification"];
// What a file's name says of its kind (without accents).
const KINDS = [["to.?trinh|ttr", "proposal"], ["bao.?cao|bc", "report"], ["ke.?hoach|kh", "plan"], ["du.?thao", "draft"], ["quyet.?dinh|qd", "decision"],
  ["nghi.?quyet|nq", "resolution"], ["thong.?bao|tb", "notice"], ["giay.?moi|gm", "invitation"], ["cong.?van|cv", "letter"], ["phu.?luc|pl", "annex"], ["chuong.?trinh", "programme"]];
const STYLES = { pdf: "pdf", doc: "doc", docx: "doc", odt: "doc", txt: "doc", xls: "xls", xlsx: "xls", ods: "xls", jpg: "img", jpeg: "img", png: "img", tif: "img", tiff: "img", pptx: "ppt" };
const entries = new Map(); // form -> {file, done, request}
let counter = 0, sending = false;

$("upload-plain").hidden = true;
$("upload-many").hidden = false;

const extension = (name) => (name.includes(".") ? name.split(".").pop().toLowerCase() : "");
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
const sizeText = (n) => (n < 1e6 ? `${Math.max(1, Math.round(n / 1000))} KB` : `${(n / 1e6).toFixed(1).replace(".", ",")} MB`);
const kindOf = (name) => KINDS.find(([words]) => new RegExp(`(^|[^a-z])(${words})([^a-z]|$)`).test(plain(name)))?.[1] || "report";

function titleOf(name) {
  const stem = name.normalize("NFC").replace(/\.[^.]*$/, "").replace(/[_\s]+/g, " ").trim();
  return stem.charAt(0).toUpperCase() + stem.slice(1);
}

function add(file) {
  const same = [...entries.values()].find((one) => one.file.name === file.name && one.file.size === file.size && !one.done);
  if (same) { $("upload-status").textContent = `${file.name}: ${T("twice")}`; return; }
  const form = template.content.firstElementChild.cloneNode(true);
  const prefix = `f${++counter}-`;
  for (const node of form.querySelectorAll("[id], [for], [aria-describedby]"))
    for (const name of ["id", "for", "aria-describedby"])
      if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replaceAll("ID-", prefix));
  const ext = extension(file.name);
  form.querySelector("[data-ext]").textContent = ext;
  form.querySelector("[data-ext]").classList.add(`hs-file--${STYLES[ext] || "none"}`);
  form.querySelector("[data-name]").textContent = file.name;
  form.querySelector("[data-size]").textContent = sizeText(file.size);
  form.elements.title.value = titleOf(file.name);
  form.elements.doc_kind.value = kindOf(file.name);
  // Files that come together mostly belong together: begin as the one before.
  const before = [...entries.keys()].pop();
  if (before) for (const name of ["agenda_item", "issuing_body", "classification"]) form.elements[name].value = before.elements[name].value;
  else if (location.hash.startsWith("#item-")) form.elements.agenda_item.value = location.hash.slice(6);
  form.noValidate = true;
  form.onsubmit = (event) => { event.preventDefault(); send(); };
  form.oninput = (event) => tell(form, event.target.name, "");
  form.querySelector("[data-remove]").onclick = () => remove(form);
  entries.set(form, { file, done: false, request: null });
  list.append(form);
  if (!setup.accept.includes(`.${ext}`)) tell(form, "file", T("wrong_type"));
  else if (!file.size) tell(form, "file", T("empty"));
  refresh();
}

function remove(form) {
  const entry = entries.get(form);
  entry.request?.abort();
  entries.delete(form);
  const next = form.nextElementSibling || form.previousElementSibling;
  form.remove();
  refresh();
  (next?.querySelector("[data-remove]") || picker).focus();
}

function tell(form, name, text) {
  const place = form.querySelector(`[data-error="${name}"]`);
  if (!place) return;
  place.textContent = text;
  place.hidden = !text;
  place.closest(".hs-field")?.classList.toggle("has-error", !!text);
  form.elements[name]?.setAttribute?.("aria-invalid", String(!!text));
  form.classList.toggle("has-error", [...form.querySelectorAll("[data-error]")].some((one) => !one.hidden));
}

function state(form, text, style = "") {
  const tag = form.querySelector("[data-state]");
  tag.textContent = text;
  tag.className = `hs-tag ${style}`;
}

function refresh() {
  const waiting = [...entries.values()].filter((one) => !one.done).length;
  $("upload-actions").hidden = !entries.size;
  $("upload-go").hidden = !waiting;
  $("upload-go").textContent = waiting === 1 ? T("upload_one") : T("upload", waiting);
  drop.classList.toggle("is-small", entries.size > 0);
}

function check(form, file) {
  let good = true;
  const need = (name, fine, text) => { tell(form, name, fine ? "" : T(text)); good = good && fine; };
  need("title", form.elements.title.value.trim(), "subject");
  need("classification", form.elements.classification.value, "classification");
  if (!setup.accept.includes(`.${extension(file.name)}`)) { tell(form, "file", T("wrong_type")); good = false; }
  else if (!file.size) { tell(form, "file", T("empty")); good = false; }
  else tell(form, "file", "");
  return good;
}

// XMLHttpRequest, because fetch tells nothing of the progress of an upload.
function post(form, entry) {
  return new Promise((done) => {
    const data = new FormData(), bar = form.querySelector("progress"), request = new XMLHttpRequest();
    for (const name of NAMES) data.append(name, form.elements[name].value);
    data.append("file", entry.file, entry.file.name.normalize("NFC"));
    data.append("_authenticator", token);
    entry.request = request;
    bar.hidden = false;
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = (loaded / total) * 100;
      state(form, loaded < total ? T("uploading", Math.floor(bar.value)) : T("storing"), "hs-tag--acc");
    };
    request.onload = () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* a page of a proxy */ }
      done({ status: request.status, answer });
    };
    request.onerror = request.onabort = () => done({ status: 0, answer: null });
    request.open("POST", setup.url);
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  });
}

function finished(form, entry, answer) {
  entry.done = true;
  state(form, T("stored"), "hs-tag--good");
  form.classList.add("is-done");
  const link = document.createElement("a");
  link.className = "hs-btn";
  link.href = answer.location;
  link.textContent = T("open");
  form.querySelector("[data-remove]").replaceWith(link);
}

function refused(form, status, answer) {
  state(form, "");
  const errors = { ...(answer?.errors || {}) };
  const findings = (answer?.findings || []).map((one) => (one.article ? `${one.text} (${one.article})` : one.text));
  for (const name of NAMES) { tell(form, name, errors[name] || ""); if (errors[name]) delete errors[name]; }
  const general = status === 413 ? T("too_large") : status === 0 || !answer ? T("not_sent") : answer.message;
  tell(form, "file", [errors.file, ...findings].filter(Boolean).join(" ") || (Object.keys(answer?.errors || {}).length ? "" : general));
}

async function send() {
  if (sending) return;
  sending = true;
  const todo = [...entries].filter(([, one]) => !one.done);
  const ready = todo.filter(([form, one]) => check(form, one.file));
  $("upload-go").setAttribute("aria-busy", "true");
  for (const [form, entry] of ready) {
    if (!entries.has(form)) continue;
    form.setAttribute("aria-busy", "true");
    const { status, answer } = await post(form, entry);
    form.removeAttribute("aria-busy");
    form.querySelector("progress").hidden = true;
    entry.request = null;
    if (!entries.has(form)) continue;
    if (status === 201 && answer) finished(form, entry, answer);
    else refused(form, status, answer);
  }
  $("upload-go").removeAttribute("aria-busy");
  sending = false;
  refresh();
  const left = [...entries.values()].filter((one) => !one.done).length, done = entries.size - left;
  $("upload-status").textContent = [done ? T("all_done", done) : "", left ? T("some_left", left) : ""].filter(Boolean).join(" ");
  if (left) list.querySelector("[aria-invalid=true], .has-error [data-remove]")?.focus();
  else $("upload-back").focus();
}

$("upload-go").onclick = send;
picker.onchange = () => { [...picker.files].forEach(add); picker.value = ""; list.querySelector("form:last-child [name=title]")?.focus({ preventScroll: true }); };
for (const name of ["dragenter", "dragover"]) document.addEventListener(name, (event) => { if (event.dataTransfer?.types.includes("Files")) { event.preventDefault(); drop.classList.add("is-over"); } });
for (const name of ["dragleave", "dragend"]) document.addEventListener(name, (event) => { if (!event.relatedTarget) drop.classList.remove("is-over"); });
document.addEventListener("drop", (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  drop.classList.remove("is-over");
  [...event.dataTransfer.files].forEach(add);
});
addEventListener("beforeunload", (event) => { if ([...entries.values()].some((one) => !one.done)) event.preventDefault(); });
