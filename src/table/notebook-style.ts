/** Style of tables in notebooks. Colours follow the front end, light or dark; the scrollbar shows that more is there. */
export const NOTEBOOK_STYLE = `
.rekindle-table { max-width: 100%; container-type: inline-size; }
.rekindle-table .scroll { overflow: auto; max-width: 100%; }
.rekindle-table .scroll::-webkit-scrollbar { height: 9px; width: 9px; }
.rekindle-table .scroll::-webkit-scrollbar-thumb { background: rgb(128 128 128 / 0.5); border-radius: 5px; }
.rekindle-table:not([data-ready]) .scroll { max-height: 40em; }
.rekindle-table .scroll table { border-collapse: collapse; margin: 0; table-layout: auto; width: auto; font-variant-numeric: tabular-nums; }
.rekindle-table .scroll caption { caption-side: top; text-align: left; font-weight: bold; padding: 0.3em 0; min-width: min(26em, 100cqi); max-width: 100cqi; position: sticky; left: 0; }
.rekindle-table .scroll th, .rekindle-table .scroll td { text-align: left; white-space: nowrap; padding: 0.3em 0.7em; max-width: none; vertical-align: top; }
.rekindle-table .scroll .n { text-align: right; }
.rekindle-table .scroll .w { white-space: normal; min-width: 13em; overflow-wrap: anywhere; }
.rekindle-table .scroll tbody th { font-weight: normal; }
.rekindle-table .scroll :is(tbody, tfoot) th { position: sticky; left: 0; background: inherit; }
.rekindle-table .scroll tfoot tr { background: var(--jp-layout-color0, Canvas); }
.rekindle-table .scroll.dense :is(th, td) { padding: 0.3em 0.5em; }
.rekindle-table .scroll.dense thead th { white-space: normal; vertical-align: bottom; }
.rekindle-table .scroll tr[hidden] { display: none; }
.rekindle-table .scroll thead th { border-bottom: 1px solid currentColor; }
.rekindle-table .scroll tfoot :is(th, td) { border-top: 1px solid currentColor; font-weight: bold; }
.rekindle-table thead button { all: unset; cursor: pointer; font: inherit; }
.rekindle-table thead button::after { content: "\u00a0↕"; content: "\u00a0↕" / ""; opacity: 0.35; }
.rekindle-table [aria-sort="ascending"] button::after { content: "\u00a0↑"; content: "\u00a0↑" / ""; opacity: 1; }
.rekindle-table [aria-sort="descending"] button::after { content: "\u00a0↓"; content: "\u00a0↓" / ""; opacity: 1; }
.rekindle-table button:focus-visible, .rekindle-table .scroll:focus-visible { outline: 2px solid currentColor; outline-offset: 1px; }
.rekindle-table .pages { display: flex; flex-wrap: wrap; gap: 0.7em; align-items: center; margin: 0.4em 0; }
.rekindle-table[data-ready] .count { display: none; }
.rekindle-table .note { margin: 0.3em 0; opacity: 0.7; }
`;
