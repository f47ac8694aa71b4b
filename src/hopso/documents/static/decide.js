// The decision: sent without leaving the page, so that nothing written is lost.
const { setup, page } = window.hsReader;
const problem = document.getElementById("decision-problem");
const pageField = document.getElementById("return-page");
const details = document.getElementById("return");

if (pageField && setup.sizes.length) {
  let own = false;
  pageField.value = page();
  pageField.oninput = () => { own = pageField.value !== ""; };
  document.addEventListener("hs-rd:page", (event) => { if (!own) pageField.value = event.detail; });
}
details?.addEventListener("toggle", () => {
  if (!details.open) return;
  document.getElementById("return-comment").focus({ preventScroll: true });
  details.scrollIntoView({ block: "nearest" });
});

function refuse(form, answer) {
  document.getElementById("decision-problem-text").textContent = answer.message;
  const list = document.getElementById("decision-problem-list");
  list.replaceChildren();
  for (const finding of answer.findings || []) {
    const line = document.createElement("li");
    line.textContent = finding.article ? `${finding.text} (${finding.article})` : finding.text;
    list.append(line);
  }
  for (const place of form.querySelectorAll("[data-error]")) {
    place.textContent = answer.errors?.[place.dataset.error] || "";
    place.hidden = !place.textContent;
  }
  document.getElementById("decision-reload").hidden = answer.status !== 409;
  problem.hidden = false;
  problem.focus();
}
document.getElementById("decision-reload").onclick = () => location.reload();

for (const form of document.querySelectorAll("form[data-decide]")) {
  form.onsubmit = async (event) => {
    event.preventDefault();
    const button = form.querySelector("button:not([type=button])");
    if (button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const data = await answer.json();
      if (answer.ok) {
        if (data.location.split("#")[0] === location.href.split("#")[0]) location.reload();
        else location.href = data.location;
        return;
      }
      refuse(form, data);
    } catch {
      refuse(form, { message: setup.texts.not_sent });
    }
    button.removeAttribute("aria-busy");
  };
}
