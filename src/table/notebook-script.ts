import { MAKE_SORTABLE } from "./make-sortable.js";

/** Rows of a table in a notebook that are shown at once. */
export const PAGE_ROWS = 20;

/** JavaScript that makes the tables of a notebook sort by a click on a heading, and long ones page. */
export const NOTEBOOK_SCRIPT = `
(() => {
  ${MAKE_SORTABLE.trim()}
  const addPages = (frame, table) => {
    const body = table.tBodies[0];
    const size = ${PAGE_ROWS};
    if (body.rows.length <= size) return () => {};
    let first = 0;
    const element = (name, properties) => Object.assign(document.createElement(name), properties);
    const previous = element("button", { type: "button", textContent: "‹ Previous" });
    const next = element("button", { type: "button", textContent: "Next ›" });
    const status = element("span", { ariaLive: "polite" });
    const all = element("button", { type: "button", textContent: "Show all" });
    const show = (from, count = size) => {
      first = Math.max(0, from);
      [...body.rows].forEach((row, i) => { row.hidden = i < first || i >= first + count; });
      const end = Math.min(first + count, body.rows.length);
      status.textContent = "Rows " + (first + 1) + "–" + end + " of " + body.rows.length;
      previous.disabled = first === 0;
      next.disabled = end === body.rows.length;
    };
    let isWhole = false;
    previous.addEventListener("click", () => show(first - size));
    next.addEventListener("click", () => show(first + size));
    all.addEventListener("click", () => {
      isWhole = !isWhole;
      all.textContent = isWhole ? "Show pages" : "Show all";
      show(0, isWhole ? body.rows.length : size);
    });
    const controls = element("div", { className: "pages" });
    controls.append(previous, status, next, all);
    frame.querySelector(".scroll").after(controls);
    show(0);
    return () => show(0, isWhole ? body.rows.length : size);
  };
  for (const frame of document.querySelectorAll(".rekindle-table:not([data-ready])")) {
    frame.dataset.ready = "";
    const table = frame.querySelector("table");
    if (table.tBodies[0].rows.length > 1) makeSortable(table, addPages(frame, table));
  }
})();
`;
