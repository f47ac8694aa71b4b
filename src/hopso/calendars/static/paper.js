// Printing, and waiting for a file: without scripts the browser's own menu and the link do the same.
document.querySelectorAll("[data-hs-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
if (document.querySelector("[data-hs-waiting]")) setTimeout(() => window.location.reload(), 1500);
