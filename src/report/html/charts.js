"use strict";
/* Line charts: the values at a moment, read from the table behind the chart; and one line brought forward. */
(() => {
  for (const figure of document.querySelectorAll("figure.lines")) {
    const field = figure.querySelector("svg.field");
    const cross = field.querySelector(".cross");
    const heads = [...figure.querySelectorAll("thead th")].slice(1).map((cell) => cell.textContent);
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => ({
      part: Number(row.getAttribute("data-x")) / 1000,
      clock: row.cells[0].textContent,
      values: [...row.cells].slice(1).map((cell) => cell.textContent),
    }));
    let at = -1;
    const show = (place, x, y) => {
      at = place;
      const row = rows[place];
      const part = row.part * 100 + "%";
      cross.setAttribute("x1", part);
      cross.setAttribute("x2", part);
      cross.classList.add("seen");
      window.showTip(row.clock + "\n" + heads.map((head, column) => head + ": " + row.values[column]).join("\n"), x, y);
    };
    const hide = () => { cross.classList.remove("seen"); window.hideTip(); };
    field.addEventListener("pointermove", (event) => {
      const box = field.getBoundingClientRect();
      const part = (event.clientX - box.left) / box.width;
      let best = 0;
      rows.forEach((row, place) => { if (Math.abs(row.part - part) < Math.abs(rows[best].part - part)) best = place; });
      show(best, event.clientX, event.clientY);
    });
    field.addEventListener("pointerleave", hide);

    field.setAttribute("tabindex", "0");
    const step = { ArrowLeft: -1, ArrowRight: 1 };
    field.addEventListener("keydown", (event) => {
      let place = at;
      if (event.key in step) place = Math.min(Math.max(0, at + step[event.key]), rows.length - 1);
      else if (event.key === "Home") place = 0;
      else if (event.key === "End") place = rows.length - 1;
      else return;
      event.preventDefault();
      const box = field.getBoundingClientRect();
      show(place, box.left + rows[place].part * box.width, box.top + 40);
    });
    field.addEventListener("blur", hide);

    const lines = [...figure.querySelectorAll("path[data-line]")];
    const bring = (name) => lines.forEach((line) => {
      line.classList.toggle("faded", name !== null && line.getAttribute("data-line") !== name);
    });
    for (const item of figure.querySelectorAll(".legend li")) {
      item.addEventListener("pointerenter", () => bring(item.getAttribute("data-line")));
      item.addEventListener("pointerleave", () => bring(null));
    }
  }
})();
