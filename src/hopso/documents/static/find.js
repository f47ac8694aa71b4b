// Searching inside of the document: the server finds, accents folded.
const reader = window.hsReader;
const panel = document.getElementById("find");
if (panel && reader.total) {
  const { T, setup } = reader;
  const $ = (id) => document.getElementById(id);
  const input = $("rd-query"), list = $("rd-hits"), status = $("rd-find-status");
  let hits = [], at = -1, asked = "", timer, running;

  function open() {
    panel.hidden = false;
    $("rd-find").setAttribute("aria-expanded", "true");
    reader.refit();
    input.focus();
    input.select();
  }
  function close() {
    panel.hidden = true;
    $("rd-find").setAttribute("aria-expanded", "false");
    reader.refit();
    reader.box.focus({ preventScroll: true });
  }

  function part(tag, text) {
    const node = document.createElement(tag);
    node.textContent = text;
    return node;
  }
  function draw(found) {
    hits = found.hits;
    at = -1;
    list.replaceChildren();
    let page = 0, group;
    hits.forEach((hit, number) => {
      if (hit.page !== page) {
        page = hit.page;
        const item = document.createElement("li");
        item.append(part("h3", T("page", page)));
        group = document.createElement("ol");
        item.append(group);
        list.append(item);
      }
      const item = document.createElement("li"), button = document.createElement("button");
      button.type = "button";
      button.append(hit.before, part("mark", hit.match), hit.after);
      button.onclick = () => choose(number, false);
      item.append(button);
      group.append(item);
    });
    const lines = [found.total ? T("hits", found.total) : T("no_hits")];
    if (found.total && found.accents_ignored) lines.push(T("folded"));
    if (found.total > hits.length) lines.push(T("more"));
    status.textContent = lines.join(" ");
  }

  function choose(number, focus = true) {
    if (!hits.length) return;
    at = (number + hits.length) % hits.length;
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const button = list.querySelectorAll("button")[at];
    button.setAttribute("aria-current", "true");
    button.scrollIntoView({ block: "nearest" });
    status.textContent = T("hit_of", at + 1, hits.length);
    reader.goTo(hits[at].page, false);
    document.querySelector(".hs-rd-page.is-hit")?.classList.remove("is-hit");
    document.getElementById(`p${hits[at].page}`).classList.add("is-hit");
    document.dispatchEvent(new CustomEvent("hs-rd:hit", { detail: { ...hits[at], query: asked } }));
    if (focus) input.focus();
  }

  async function search() {
    const query = input.value.trim();
    if (query === asked) return;
    asked = query;
    running?.abort();
    list.replaceChildren();
    hits = [];
    status.textContent = query ? T("searching") : "";
    if (!query) return;
    running = new AbortController();
    try {
      const answer = await fetch(`${setup.url}/@@find-in-document?q=${encodeURIComponent(query)}`, { signal: running.signal });
      if (!answer.ok) throw new Error(answer.status);
      const found = await answer.json();
      if (query === asked) draw(found);
    } catch (error) {
      if (error.name !== "AbortError") { status.textContent = T("search_failed"); asked = ""; }
    }
  }

  input.oninput = () => { clearTimeout(timer); timer = setTimeout(search, 250); };
  $("rd-find-form").onsubmit = async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    await search();
    choose(at + 1);
  };
  input.onkeydown = (event) => { if (event.key === "Enter" && event.shiftKey) { event.preventDefault(); choose(at < 0 ? -1 : at - 1); } };
  panel.onkeydown = (event) => { if (event.key === "Escape") { event.preventDefault(); close(); } };
  $("rd-find").onclick = () => (panel.hidden ? open() : close());
  $("rd-find-close").onclick = close;
  $("rd-find-prev").onclick = () => choose(at < 0 ? -1 : at - 1);
  reader.openFind = open;
  reader.nextHit = (step) => (hits.length ? choose(at < 0 && step < 0 ? -1 : at + step, false) : open());
  if (setup.query) {
    open();
    input.value = setup.query;
    search().then(() => choose(Math.max(0, hits.findIndex((hit) => hit.page >= reader.page()))));
  }
}
