"use strict";
/* The page as a whole: colours, notes at the pointer, and a hint to the styles that scripts run. */
(() => {
  const root = document.documentElement;
  root.setAttribute("data-scripted", "");

  const themes = [["", "Colours: as the system"], ["light", "Colours: light"], ["dark", "Colours: dark"]];
  let theme = 0;
  const button = document.getElementById("theme");
  button.addEventListener("click", () => {
    theme = (theme + 1) % themes.length;
    const [name, words] = themes[theme];
    if (name) root.setAttribute("data-theme", name); else root.removeAttribute("data-theme");
    button.textContent = words;
  });

  const tip = document.getElementById("tip");
  /* Shows words near a point of the window, within it. */
  window.showTip = (words, x, y) => {
    tip.textContent = words;
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    const left = Math.min(Math.max(4, x + 14), window.innerWidth - width - 4);
    const below = y + 18 + height < window.innerHeight;
    tip.style.left = Math.max(4, left) + "px";
    tip.style.top = Math.max(4, below ? y + 18 : y - height - 12) + "px";
  };
  window.hideTip = () => { tip.hidden = true; };

  document.addEventListener("pointermove", (event) => {
    const noted = event.target.closest && event.target.closest("[data-tip]");
    if (noted) window.showTip(noted.getAttribute("data-tip"), event.clientX, event.clientY);
    else if (!event.target.closest || !event.target.closest("svg.field")) window.hideTip();
  });
  document.addEventListener("pointerleave", window.hideTip);
  document.addEventListener("scroll", window.hideTip, { passive: true });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") window.hideTip(); });
})();
