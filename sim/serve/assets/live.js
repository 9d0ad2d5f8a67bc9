// Keeps the marked parts of a page fresh without touching a form that somebody writes in. The page works without it.
"use strict";
(function () {
  let seen = document.body.dataset.version || "";
  async function look() {
    try {
      const answer = await fetch("/version", { cache: "no-store" });
      if (!answer.ok) { return; }
      const now = await answer.text();
      if (now === seen) { return; }
      const page = await fetch(location.pathname + location.search, { cache: "no-store" });
      if (!page.ok) { return; }
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
      seen = now;
      for (const part of document.querySelectorAll("[data-live]")) {
        const next = fresh.getElementById(part.id);
        if (!next || part.contains(document.activeElement) || next.innerHTML === part.innerHTML) { continue; }
        part.innerHTML = next.innerHTML;
      }
    } catch (error) { /* the host is away; look again later */ }
  }
  setInterval(look, 2000);
})();
