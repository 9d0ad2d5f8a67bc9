// Keeps the facilitator's page fresh: the clock runs, and what has changed on the host is put into the page as it stands,
// without touching a form that somebody is writing in, what is folded out, or where the focus is. The page works without it.
"use strict";
(function () {
  const body = document.body;
  body.classList.add("live");
  let seen = body.dataset.version || "", asked = 0, busy = false, again = false;

  // -- the clock

  let since = performance.now();
  function tick() {
    const clock = document.querySelector(".clock");
    if (!clock || clock.dataset.left === "") { return; }
    const gone = clock.dataset.running ? (performance.now() - since) / 1000 : 0;
    const left = Math.max(0, Math.ceil(Number(clock.dataset.left) - gone));
    const shown = Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0");
    if (clock.textContent !== shown) { clock.textContent = shown; }
    clock.classList.toggle("soon", Boolean(clock.dataset.running) && left <= 60);
  }
  setInterval(tick, 250);

  // -- what is being written stays

  function written(field) {
    if (field.type === "hidden" || field.type === "submit") { return false; }
    if (field.type === "checkbox" || field.type === "radio") { return field.checked !== field.defaultChecked; }
    if (field.nodeName === "SELECT") {
      const usual = [...field.options].findIndex((option) => option.defaultSelected);
      return field.selectedIndex !== Math.max(0, usual);
    }
    return field.value !== field.defaultValue;
  }
  function held(element) {
    const forms = element.nodeName === "FORM" ? [element] : [...element.querySelectorAll("form")];
    return forms.some((form) => [...form.elements].some((field) =>
      written(field) || (field === document.activeElement && field.nodeName !== "BUTTON")));
  }

  // -- the new page into the old one

  function key(node) {
    return node.nodeType !== 1 ? "" : node.id || node.dataset.key || (node.nodeName === "FORM" ? formKey(node) : "");
  }
  function formKey(form) {
    const fields = [...form.elements].filter((f) => f.type === "hidden" && !["seal", "once", "back", "as_of", "round"].includes(f.name));
    return form.getAttribute("action") + fields.map((f) => f.name + "=" + f.value).join("&");
  }
  function fits(one, other) {
    return one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);
  }
  function become(old, fresh) {
    if (old.isEqualNode(fresh)) { return; }
    if (old.nodeType !== 1) { if (old.nodeValue !== fresh.nodeValue) { old.nodeValue = fresh.nodeValue; } return; }
    if (old.nodeName === "FORM" && held(old)) { return; }
    for (const name of fresh.getAttributeNames()) {
      if (old.getAttribute(name) !== fresh.getAttribute(name) && !(old.nodeName === "DETAILS" && name === "open")) {
        old.setAttribute(name, fresh.getAttribute(name));
      }
    }
    for (const name of old.getAttributeNames()) {
      if (!fresh.hasAttribute(name) && !(old.nodeName === "DETAILS" && name === "open")) { old.removeAttribute(name); }
    }
    children(old, fresh);
  }
  function children(old, fresh) {
    let at = old.firstChild;
    for (const next of [...fresh.childNodes]) {
      let found = at;
      while (found && !fits(found, next)) { found = found.nextSibling; }
      if (!found) { old.insertBefore(document.importNode(next, true), at); continue; }
      if (found !== at) { old.insertBefore(found, at); } else { at = at.nextSibling; }
      become(found, next);
    }
    while (at) {
      const after = at.nextSibling;
      if (at.nodeType !== 1 || !held(at)) { at.remove(); }
      at = after;
    }
  }

  async function look() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const started = performance.now();
      const answer = await fetch(location.pathname + location.search, { cache: "no-store" });
      if (answer.redirected) { location.reload(); return; }
      if (!answer.ok) { return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      since = (started + performance.now()) / 2;
      seen = fresh.body.dataset.version || seen;
      asked = performance.now();
      for (const part of document.querySelectorAll("[data-live]")) {
        const next = fresh.getElementById(part.id);
        if (next) { become(part, next); }
      }
      tick();
    } catch (error) { /* the host is away; the stream says so */ } finally {
      busy = false;
      if (again) { again = false; look(); }
    }
  }

  // what was said once does not stand in the address
  if (location.search.includes("said=")) {
    const query = new URLSearchParams(location.search);
    query.delete("said");
    const rest = query.toString();
    history.replaceState(null, "", location.pathname + (rest ? "?" + rest : "") + location.hash);
  }
  // a panel beside the seats is reached without moving them; on a phone it stands above
  const wide = () => innerWidth > 860;
  addEventListener("pagehide", () => sessionStorage.setItem("at", String(scrollY)));
  const before = Number(sessionStorage.getItem("at") || 0);
  addEventListener("load", () => { if (wide() && !document.querySelector("[aria-invalid=true]")) { scrollTo(0, before); } });

  const panel = document.getElementById("panel");
  if (panel && location.hash === "#panel") {
    const wrong = panel.querySelector("[aria-invalid=true]");
    (wrong || panel).focus({ preventScroll: !wrong && wide() });
  }

  const stream = new EventSource("/facilitator/live");
  stream.onmessage = (event) => {
    body.classList.remove("stale");
    if (event.data !== seen || performance.now() - asked > 10000) { look(); }
  };
  stream.onerror = () => { body.classList.add("stale"); };
})();
