// The list of accounts: one box chooses all on the page.
document.addEventListener("change", (event) => {
  const all = event.target.closest?.("[data-hs-all]");
  if (!all) return;
  all.closest("form").querySelectorAll(`input[name="${CSS.escape(`${all.dataset.hsAll}:list`)}"]`).forEach((one) => { one.checked = all.checked; });
});
