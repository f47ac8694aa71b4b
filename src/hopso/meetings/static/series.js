// Making a series: the days that the rule names follow what is typed.  Without scripts they show after the series is made.

const form = document.getElementById("hs-make-series");
let asked = 0;

async function preview() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (!["_authenticator", "verb"].includes(name) && value) query.append(name, value);
  }
  const number = ++asked;
  try {
    const answer = await fetch(`${form.dataset.hsPreview}?${query}`, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("series-preview");
    if (answer.ok && fresh && number === asked) document.getElementById("series-preview").replaceChildren(...fresh.childNodes);
  } catch { /* offline: the days of the last rule stay */ }
}

if (form) form.addEventListener("change", () => setTimeout(preview));
