// A light editor over the textarea: what the browser can do by itself, kept in
// step with the field that is sent.  Without this script the textarea remains.
// The text comes sanitised from the server and is sanitised again when shown.
const area = document.getElementById("record-rich");
const field = document.getElementById("record-text");
const bar = document.querySelector(".hs-editor__bar");

if (area && field && bar) {
  area.innerHTML = field.value;
  area.hidden = bar.hidden = false;
  field.hidden = true;
  document.execCommand("defaultParagraphSeparator", false, "p");
  let changed = false;
  const keep = () => {
    field.value = area.innerHTML;
    changed = true;
  };
  area.addEventListener("input", keep);
  // Text from office programs brings styles that official papers do not want.
  area.addEventListener("paste", (event) => {
    event.preventDefault();
    document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
  });
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    if (!button) return;
    area.focus();
    document.execCommand(button.dataset.command, false, button.dataset.value || null);
    keep();
  });
  document.getElementById("record-text-label").addEventListener("click", () => area.focus());
  const form = field.form;
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (changed && !sending) event.preventDefault();
  });
}
