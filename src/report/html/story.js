"use strict";
/* A run: which one is shown, which of its events, and the chain of causes through one of them. */
(() => {
  const stories = [...document.querySelectorAll("[data-story]")];
  const choice = document.getElementById("story-choice");
  const choose = () => stories.forEach((story) => { story.hidden = story.id !== choice.value; });
  if (choice) {
    choice.addEventListener("change", choose);
    choose();
  }

  for (const story of stories) {
    const events = [...story.querySelectorAll(".event")];
    const dots = new Map([...story.querySelectorAll(".dot")].map((dot) => [dot.getAttribute("data-to"), dot]));
    const numbered = new Map(events.map((event) => [event.getAttribute("data-number"), event]));
    const boxes = [...story.querySelectorAll("[data-kind][type=checkbox]")];
    const search = story.querySelector("[data-search]");
    const status = story.querySelector("[data-status]");
    if (!search) continue;
    let here = null;
    let chain = null;
    let alone = false;

    const causeOf = (event) => numbered.get(event.getAttribute("data-cause")) || null;
    const effectsOf = (event) => events.filter((other) => causeOf(other) === event);
    /* The event, all that led to it, and all that it led to. */
    const chainOf = (event) => {
      const found = new Set([event]);
      for (let cause = causeOf(event); cause && !found.has(cause); cause = causeOf(cause)) found.add(cause);
      const waiting = [event];
      while (waiting.length) {
        for (const effect of effectsOf(waiting.pop())) {
          if (!found.has(effect)) { found.add(effect); waiting.push(effect); }
        }
      }
      return found;
    };

    const refresh = () => {
      const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.getAttribute("data-kind")));
      const words = search.value.trim().toLowerCase();
      let shown = 0;
      for (const event of events) {
        const fits = kinds.has(event.getAttribute("data-kind"))
          && (!words || event.textContent.toLowerCase().includes(words))
          && (!alone || chain.has(event));
        event.hidden = !fits;
        event.classList.toggle("chain", chain !== null && chain.has(event));
        event.classList.toggle("here", event === here);
        const dot = dots.get(event.id);
        if (dot) {
          dot.classList.toggle("dim", !fits || (chain !== null && !chain.has(event)));
          dot.classList.toggle("here", event === here);
        }
        if (fits) shown += 1;
      }
      const filtered = shown < events.length ? shown + " of " + events.length + " events are shown. " : "";
      const told = here ? "Event " + here.getAttribute("data-number") + ": " + (chain.size - 1)
        + " others in its chain of causes and effects." : "";
      status.textContent = filtered + told;
    };

    const visit = (event, focus) => {
      if (!event) return;
      if (event.hidden) { alone = false; boxes.forEach((box) => { box.checked = true; }); search.value = ""; }
      here = event;
      chain = chainOf(event);
      events.forEach((other) => { other.tabIndex = other === event ? 0 : -1; });
      refresh();
      if (focus) event.focus();
    };
    const reset = () => {
      alone = false;
      here = null;
      chain = null;
      boxes.forEach((box) => { box.checked = true; });
      search.value = "";
      refresh();
    };

    events.forEach((event, place) => {
      event.tabIndex = place === 0 ? 0 : -1;
      event.addEventListener("click", (click) => {
        const link = click.target.closest("a.cause");
        if (link) {
          click.preventDefault();
          visit(causeOf(event), true);
        } else visit(event, false);
      });
      event.addEventListener("keydown", (key) => {
        if (key.target !== event) return;
        const seen = events.filter((other) => !other.hidden);
        const at = seen.indexOf(event);
        const moves = {
          ArrowDown: () => visit(seen[at + 1], true),
          ArrowUp: () => visit(seen[at - 1], true),
          Home: () => visit(seen[0], true),
          End: () => visit(seen[seen.length - 1], true),
          ArrowLeft: () => visit(causeOf(event), true),
          ArrowRight: () => visit(effectsOf(event)[0], true),
          Enter: () => { visit(event, false); alone = !alone; refresh(); },
          Escape: () => { reset(); event.focus(); },
        };
        if (key.key in moves) {
          key.preventDefault();
          moves[key.key]();
        }
      });
    });
    dots.forEach((dot, id) => dot.addEventListener("click", () => visit(document.getElementById(id), true)));
    boxes.forEach((box) => box.addEventListener("change", refresh));
    search.addEventListener("input", refresh);
    story.querySelector("[data-reset]").addEventListener("click", reset);
  }
})();
