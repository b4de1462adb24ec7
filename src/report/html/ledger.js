"use strict";
/* The ledger of numbers: what is shown of it, and in which order. */
(() => {
  const table = document.getElementById("ledger");
  if (!table) return;
  const FEW = 40;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const boxes = [...document.querySelectorAll("[data-basis][type=checkbox]")];
  const search = document.getElementById("ledger-search");
  const status = document.getElementById("ledger-status");
  const more = document.getElementById("ledger-more");
  const texts = new Map(rows.map((row) => [row, row.textContent.toLowerCase()]));
  let all = rows.length <= FEW;

  const refresh = () => {
    const kinds = new Set(boxes.filter((box) => box.checked).map((box) => box.getAttribute("data-basis")));
    const words = search.value.trim().toLowerCase();
    let fitting = 0;
    for (const row of body.rows) {
      const fits = kinds.has(row.getAttribute("data-basis")) && texts.get(row).includes(words);
      if (fits) fitting += 1;
      row.hidden = !fits || (!all && fitting > FEW);
    }
    const shown = all ? fitting : Math.min(fitting, FEW);
    status.textContent = shown + " of " + rows.length + " numbers are shown.";
    more.hidden = shown === fitting;
  };

  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.setAttribute("data-title", head.textContent);
    head.textContent = "";
    head.append(button);
    const numbers = head.getAttribute("data-sort") === "order";
    const key = (row) => {
      const cell = row.cells[column];
      if (!numbers) return cell.textContent;
      const order = cell.getAttribute("data-order");
      return order === "" ? Infinity : Number(order);
    };
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const order = numbers ? (a, b) => a - b : (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      const sorted = rows.map((row, place) => [key(row), place, row]);
      sorted.sort((a, b) => (up ? 1 : -1) * order(a[0], b[0]) || a[1] - b[1]);
      body.append(...sorted.map(([, , row]) => row));
      refresh();
    });
  });
  boxes.forEach((box) => box.addEventListener("change", refresh));
  search.addEventListener("input", refresh);
  more.addEventListener("click", () => { all = true; refresh(); });
  window.addEventListener("beforeprint", () => { if (rows.length <= 400) { all = true; refresh(); } });
  refresh();
})();
