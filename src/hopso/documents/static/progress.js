// While the pages are being prepared: ask every few seconds, cheaply.
const { setup, T } = window.hsReader;
const busy = (state) => state === "waiting" || state === "running";
if (busy(setup.progress.status)) {
  const bar = document.getElementById("rd-progress"), status = document.getElementById("rd-status");
  let wait = 1500, etag = "", failures = 0;

  function draw(state) {
    const known = state.pages_total > 0;
    const text = state.status === "waiting" ? T("waiting") : known ? T("running", state.pages_done, state.pages_total) : T("running_start");
    if (status && status.textContent !== text) status.textContent = text;
    if (bar && known) { bar.max = state.pages_total; bar.value = state.pages_done; }
  }

  async function ask() {
    try {
      const answer = await fetch(`${setup.url}/@@conversion`, { headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store" });
      failures = 0;
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") || "";
        const state = await answer.json();
        if (!busy(state.status)) return location.reload();
        draw(state);
        wait = 1500;
      } else if (answer.status === 304) {
        wait = Math.min(wait * 1.3, 10000);
      } else if (answer.status === 401 || answer.status === 403) {
        return location.reload();
      }
    } catch {
      failures += 1;
      wait = Math.min(wait * 1.6, 20000);
      if (failures > 1 && status) status.textContent = T("offline");
    }
    setTimeout(ask, document.hidden ? wait * 3 : wait);
  }
  draw(setup.progress);
  setTimeout(ask, wait);
}
