// The list of accounts: one box chooses all on the page.
document.addEventListener("change", (event) => {
  const all = event.target.closest?.("[data-hs-all]");
  if (!all) return;
  all.closest("form").querySelectorAll(`input[name="${CSS.escape(`${all.dataset.hsAll}:list`)}"]`).forEach((one) => { one.checked = all.checked; });
});

// An import at work: ask how far it is, and show the outcome when it is over.
const job = document.querySelector("[data-hs-import]");
if (job) {
  const ask = async () => {
    try {
      const answer = await fetch(job.dataset.hsImport, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      const data = await answer.json();
      if (!data.running) return location.reload();
      job.querySelector(".hs-num").textContent = `${data.done}/${data.total}`;
      job.querySelector(".hs-bar i").style.width = `${data.total ? Math.round((100 * data.done) / data.total) : 0}%`;
    } catch { /* a bad line: ask again */ }
    setTimeout(ask, 1500);
  };
  setTimeout(ask, 1000);
}
