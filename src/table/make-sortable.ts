/**
 * JavaScript source of `makeSortable(table, onSorted)`: puts a button into each heading that sorts the body, by `data-value`
 * or by text, and says the order with `aria-sort`. Unknown values come last in both directions.
 */
export const MAKE_SORTABLE = `
  const makeSortable = (table, onSorted = () => {}) => {
    const key = (cell) => cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
    const rank = (value) => typeof value === "number" ? (Number.isNaN(value) ? 2 : 0) : value === "" || value === "–" ? 2 : 1;
    const compare = (a, b, sign) => rank(a) - rank(b) || (typeof a === "number" ? Number.isNaN(a) ? 0 : (a - b) * sign || 0 : a.localeCompare(b, undefined, { numeric: true }) * sign);
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const before = header.getAttribute("aria-sort");
        const order = before ? (before === "descending" ? "ascending" : "descending") : header.classList.contains("n") ? "descending" : "ascending";
        for (const other of headers) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const rows = [...table.tBodies[0].rows].map((row) => [key(row.cells[column]), row]).sort(([a], [b]) => compare(a, b, sign));
        table.tBodies[0].append(...rows.map(([, row]) => row));
        onSorted();
      });
    });
  };
`;
