// The button that prints; without this script the browser's own menu does.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-hs-print]")) window.print();
});
