import { desc, table } from "arquero";
import { type ConstructorOptions, JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { createTable, looksLikeTable, tableBundle, valuesBundle } from "../../src/table/index.js";

describe("valuesBundle", () => {
  it("renders arquero tables in their order and filter", () => {
    const long = table({ i: [...Array(1500).keys()] });
    const text = String(valuesBundle(long.filter("d => d.i >= 100").orderby(desc("i")))?.["text/plain"]).split("\n");
    expect(text.length).toBe(22);
    expect(text.at(-1)).toBe("1,380 more rows");
  });

  it("counts rows and columns beyond its limits in the HTML", () => {
    const names = Array.from({ length: 130 }, (_, i) => `c${i}`);
    const record = Object.fromEntries(names.map((name) => [name, 1]));
    const html = String(valuesBundle(Array.from({ length: 700 }, () => record))?.["text/html"]);
    expect(html.match(/<th scope="col"/g)).toHaveLength(100);
    expect(html.match(/<tr>/g)).toHaveLength(1 + 100);
    expect(html).toContain('<p class="note">600 more rows, 30 more columns</p>');
  });

  it("keeps the numbers of records, and the text of other values", () => {
    const html = String(
      valuesBundle([
        { a: 0.1 + 0.2, b: null },
        { a: Number.NaN, b: { c: 1 } },
      ])?.["text/html"],
    );
    expect(html).toContain('data-value="0.30000000000000004">0.3</td>');
    expect(html).toContain("{ c: 1 }");
  });

  it.each([[null], [5], ["text"], [[]], [[1, 2]], [{ a: 1 }], [[{}]], [[new Map()]]])("is nothing for %j", (value) => {
    expect([looksLikeTable(value), valuesBundle(value)]).toEqual([false, undefined]);
  });
});

describe("tableBundle", () => {
  const long = {
    columns: [{ name: "i", format: { kind: "count" } as const }],
    rows: Array.from({ length: 1234 }, (_, i) => [i]),
  };
  const opened = (options: ConstructorOptions) => {
    const { window } = new JSDOM(String(tableBundle(long)["text/html"]), options);
    const { document } = window;
    return {
      click: (text: string) =>
        [...document.querySelectorAll("button")].find((button) => button.textContent === text)?.click(),
      rows: () => [...document.querySelectorAll<HTMLElement>("tbody tr")].filter((row) => !row.hidden),
      text: (selector: string) => document.querySelector(selector)?.textContent,
      isShown: (selector: string) => {
        const element = document.querySelector(selector);
        return element !== null && window.getComputedStyle(element).display !== "none";
      },
    };
  };

  it("shows 20 rows and pages through the rest", () => {
    const page = opened({ runScripts: "dangerously" });
    expect(page.rows()).toHaveLength(20);
    expect(page.text(".pages span")).toBe("Rows 1–20 of 500");
    page.click("Next ›");
    expect(page.rows().map((row) => row.textContent)).toEqual(Array.from({ length: 20 }, (_, i) => String(20 + i)));
    page.click("Show all");
    expect(page.rows()).toHaveLength(500);
    expect(page.isShown(".count")).toBe(false);
    expect(page.text(".note:not(.count)")).toBe("734 more rows");
  });

  it("says how many rows there are where scripts do not run", () => {
    const page = opened({});
    expect(page.rows()).toHaveLength(500);
    expect([page.text(".count"), page.isShown(".count")]).toEqual(["1,234 rows", true]);
    expect(page.text(".note:not(.count)")).toBe("734 more rows");
    const short = tableBundle({ columns: [{ name: "i" }], rows: long.rows.slice(0, 20) });
    expect(short["text/html"]).not.toContain('class="note');
  });

  const money = { columns: [{ name: "<b>", format: { kind: "money" } as const }], rows: [[-1234.5]] };

  it("writes numbers by the conventions, escapes names, and carries style and script", () => {
    const bundle = tableBundle(money, { locale: "de-DE", currency: "EUR" });
    expect(bundle["text/plain"]).toBe("        <b>\n−1.234,50\u00a0€");
    expect(bundle["text/html"]).toContain('data-value="-1234.5">−1.234,50\u00a0€</td>');
    expect(bundle["text/html"]).toContain("&#60;b&#62;");
    expect(bundle["text/html"]).toMatch(/^<div class="rekindle-table"><style>.*<\/div><script>.*<\/script>$/s);
  });

  it("is what a created table shows in a notebook", () => {
    const shown = createTable(money, { currency: "GBP" }) as unknown as Record<symbol, () => Record<string, string>>;
    expect(shown[Symbol.for("Jupyter.display")]()).toEqual(tableBundle(money, { currency: "GBP" }));
  });
});
