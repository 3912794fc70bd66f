import { MAKE_SORTABLE } from "../table/index.js";

/** Part of a script: folds the contents list on a phone, and marks the section that is read. */
export const CONTENTS_SCRIPT = `
  const contents = document.querySelector(".contents details");
  if (contents && matchMedia("(max-width: 1079px)").matches) contents.open = false;
  const links = new Map([...document.querySelectorAll(".contents a")].map((link) => [link.hash.slice(1), link]));
  const seen = new IntersectionObserver((entries) => {
    const entry = entries.find((candidate) => candidate.isIntersecting);
    if (!entry) return;
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(entry.target.id)?.setAttribute("aria-current", "true");
  }, { rootMargin: "0px 0px -70% 0px" });
  for (const id of links.keys()) { const heading = document.getElementById(id); if (heading) seen.observe(heading); }
`;

/**
 * Script of the page: theme, sorting, CSV, data tables on paper. Every part works alone and the page reads without it.
 * Storage and downloads may be forbidden (sandboxed frames): then the rest still works.
 */
export const PAGE_SCRIPT = `
(() => {
  const root = document.documentElement;
  const stored = (value) => { try { return value === undefined ? localStorage.getItem("rekindle-theme") : localStorage.setItem("rekindle-theme", value); } catch { return null; } };
  const toggle = document.querySelector("#theme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const label = () => { toggle.textContent = isDark() ? "Light" : "Dark"; toggle.setAttribute("aria-label", "Switch to " + (isDark() ? "light" : "dark") + " colours"); };
  const saved = stored();
  if (saved === "dark" || saved === "light") root.dataset.theme = saved;
  if (toggle) {
    toggle.hidden = false;
    label();
    toggle.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; stored(root.dataset.theme); label(); });
  }

  ${MAKE_SORTABLE.trim()}
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(table);

  for (const table of document.querySelectorAll("table[data-download]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "download";
    button.textContent = "Download as CSV";
    const text = (cell) => cell.dataset.value ?? cell.textContent.trim();
    const field = (value) => /^[=+@\\t\\r-]/.test(value) && isNaN(value) ? "'" + value : value;
    const quoted = (value) => /[",\\n]/.test(value) ? '"' + value.replaceAll('"', '""') + '"' : value;
    button.addEventListener("click", () => {
      const lines = [...table.rows].filter((row) => !row.closest("tfoot")).map((row) => [...row.cells].map((cell) => quoted(field(text(cell)))).join(","));
      const url = URL.createObjectURL(new Blob(["\\ufeff" + lines.join("\\r\\n") + "\\r\\n"], { type: "text/csv" }));
      const link = Object.assign(document.createElement("a"), { href: url, download: table.dataset.download });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    });
    table.parentElement.after(button);
  }

  ${CONTENTS_SCRIPT.trim()}
  addEventListener("beforeprint", () => { for (const details of document.querySelectorAll("details.data:not(.long)")) details.open = true; });

})();
`;
