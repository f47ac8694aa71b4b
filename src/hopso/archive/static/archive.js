// Small comforts of the archive page; everything works without them.
// "/" goes to the field, "j" and "k" walk through the hits; facets are folded
// away on narrow screens.
const field = document.getElementById("archive-q");
const facets = document.querySelector("[data-hs-facets]");
const narrow = matchMedia("(max-width: 1000px)");
const fold = () => { if (facets) facets.open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

const typing = (target) => target.closest("input, textarea, select, [contenteditable=true]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (event.key === "/" && field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === "j" || event.key === "k") {
    const links = [...document.querySelectorAll(".hs-hit strong a")];
    const at = links.indexOf(document.activeElement);
    links[Math.max(0, Math.min(links.length - 1, at + (event.key === "j" ? 1 : -1)))]?.focus();
  }
});

// Empty fields do not belong into the address that people send to others.
field?.form.addEventListener("submit", (event) => {
  event.target.querySelectorAll("input[name]").forEach((one) => { if (!one.value) one.disabled = true; });
  setTimeout(() => event.target.querySelectorAll("input:disabled").forEach((one) => { one.disabled = false; }));
});
addEventListener("pageshow", () => document.querySelectorAll(".hs-archive-form input:disabled").forEach((one) => { one.disabled = false; }));
