// Keeps the marked parts of a page fresh without touching what somebody writes in, and lets the clock run.
// The page works without it.
"use strict";
(function () {
  let seen = document.body.dataset.version || "";
  const stale = document.getElementById("stale");

  // somebody is in it: a field in use, or one that no longer says what it said when it came
  function touched(part) {
    if (part.contains(document.activeElement)) { return true; }
    for (const field of part.querySelectorAll("input, textarea, select")) {
      if (field.type === "checkbox" ? field.checked !== field.defaultChecked
          : field.tagName !== "SELECT" && field.type !== "hidden" && field.value !== field.defaultValue) { return true; }
    }
    return false;
  }
  // request numbers differ in every copy of a page; what is shown is compared
  function shown(part) { return part.textContent.replace(/\s+/g, " "); }

  function exchange(part, next) {
    const open = new Map(Array.from(part.querySelectorAll("details"), (it) => [it.id || it.firstElementChild.textContent, it.open]));
    part.innerHTML = next.innerHTML;
    for (const it of part.querySelectorAll("details")) {
      const key = it.id || it.firstElementChild.textContent;
      if (open.has(key)) { it.open = open.get(key); }
    }
  }

  async function look() {
    try {
      const answer = await fetch("/version", { cache: "no-store" });
      if (answer.status === 403) { location.reload(); return; }
      if (!answer.ok) { return; }
      const now = await answer.text();
      if (now === seen) { return; }
      const page = await fetch(location.pathname + location.search, { cache: "no-store", headers: { "X-Detente-Live": "1" } });
      if (!page.ok || page.redirected) { if (page.redirected) { location.reload(); } return; }
      const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
      seen = now;
      for (const part of document.querySelectorAll("[data-live]")) {
        const next = fresh.getElementById(part.id);
        if (!next || shown(next) === shown(part)) { continue; }
        if (touched(part)) { stale.hidden = false; } else { exchange(part, next); }
      }
      const clock = document.getElementById("clock"), other = fresh.getElementById("clock");
      if (clock && other) { clock.replaceWith(other); }
      document.title = fresh.title;
    } catch (error) { /* the host is away; look again later */ }
  }

  function tick() {
    const clock = document.getElementById("clock");
    if (!clock || clock.dataset.runs !== "yes") { return; }
    const left = Math.max(0, Number(clock.dataset.left) - 1);
    clock.dataset.left = String(left);
    clock.classList.toggle("soon", left <= 60);
    clock.textContent = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") + " left";
  }
  setInterval(look, 2000);
  setInterval(tick, 1000);
})();
