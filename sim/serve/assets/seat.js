// The terminal page: waits for its font, finds out whether braille is drawn, loads the terminal of textual-serve,
// and says why a connection ended. Kept apart from the page so that no inline script is needed.
"use strict";
(function () {
  const box = document.getElementById("terminal");
  const veil = document.getElementById("veil");
  const words = document.getElementById("veil-text");
  const again = document.getElementById("veil-again");
  const Plain = window.WebSocket;
  const SENTENCES = JSON.parse(document.getElementById("sentences").textContent);
  let tries = 0;

  function tell(text, button) {
    words.textContent = text;
    again.hidden = !button;
    veil.hidden = false;
  }

  // the host may be away for a moment: its refresh costs nothing, the seat keeps its state
  function seek() {
    tries += 1;
    tell("The connection is lost. Your seat is kept; trying again …", true);
    fetch("/alive", { cache: "no-store" }).then(
      (answer) => { if (answer.ok) { location.reload(); } else { later(); } }, later);
  }
  function later() { setTimeout(seek, Math.min(8000, 500 * tries + 500)); }

  window.WebSocket = class extends Plain {
    constructor(url, protocols) {
      super(url, protocols);
      // the host accepts at once and paints when the seat's app has begun: until then there is nothing to see
      this.addEventListener("message", () => { veil.hidden = true; }, { once: true });
      this.addEventListener("close", (event) => {
        const sentence = SENTENCES[event.code];
        if (event.code === 4004) { location.reload(); return; }
        if (sentence) { tell(sentence, event.code !== 4003); } else { seek(); }
      });
    }
  };
  again.addEventListener("click", () => location.reload());

  // a glyph that no font has is drawn as the same box as any other that none has
  function drawn(glyph) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.font = "16px 'Roboto Mono', monospace";
    pen.fillText(glyph, 2, 18);
    return pen.getImageData(0, 0, 24, 24).data.join();
  }
  function braille() {
    try {
      const full = drawn("\u28ff");
      return full !== drawn("\u2801") && full !== drawn("\ufdd0");
    } catch (error) {
      return false;
    }
  }

  function load() {
    const path = braille() ? "/ws/braille" : "/ws/blocks";
    box.dataset.sessionWebsocketUrl = location.origin.replace(/^http/, "ws") + path;
    const across = Math.floor(window.innerWidth / (120 * 0.61));
    box.dataset.fontSize = String(Math.max(11, Math.min(18, across)));
    const script = document.createElement("script");
    script.src = "/static/terminal.js";
    // it waits for a load event that has passed
    script.onload = () => { window.onload(new Event("load")); const area = box.querySelector("textarea"); if (area) { area.focus(); } };
    document.head.append(script);
  }
  window.addEventListener("load", () => {
    const ready = document.fonts ? document.fonts.load("16px 'Roboto Mono'") : Promise.resolve();
    Promise.race([ready, new Promise((go) => setTimeout(go, 1500))]).then(load, load);
  });
})();
