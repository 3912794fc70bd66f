import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { createChart } from "../../src/charts/index.js";
import {
  type Block,
  dataQualityReport,
  type Report,
  renderHtml,
  renderIndex,
  renderMarkdown,
} from "../../src/reports/index.js";
import { html } from "../../src/text/index.js";
import { EXAMPLE } from "./example.js";

const EVIL = `</script><img src=x onerror="alert(1)">|*_\`{{x}}`;

function reportOf(...blocks: Block[]): Report {
  return { title: "Test", dataset: "Demo", asOf: "2024-06-30", locale: "en-GB", currency: "GBP", blocks };
}

async function documentOf(...blocks: Block[]): Promise<Document> {
  return new JSDOM(await renderHtml(reportOf(...blocks))).window.document;
}

test("the page loads nothing and lets nothing else run", async () => {
  const page = await renderHtml(dataQualityReport(EXAMPLE));
  const { document } = new JSDOM(page).window;
  expect(document.querySelectorAll("link, script[src], img, iframe, object").length).toBe(0);
  expect(page.replace(/http:\/\/www\.w3\.org\/2000\/svg/g, "")).not.toMatch(/https?:\/\/|url\((?!#)|@import/);
  const policy = document.querySelector("meta[http-equiv]")?.getAttribute("content");
  expect(policy).toMatch(/^default-src 'none'; .*script-src 'sha256-[\w+/]+=*'/);
});

test("the policy names the script that the page carries", async () => {
  const { createHash } = await import("node:crypto");
  const document = await documentOf();
  const script = document.querySelector("script")?.textContent ?? "";
  const hash = createHash("sha256").update(script).digest("base64");
  expect(document.querySelector("meta[http-equiv]")?.getAttribute("content")).toContain(hash);
});

test("the page has one first heading, a skip link, and a contents list whose links all lead somewhere", async () => {
  const { document } = new JSDOM(await renderHtml(dataQualityReport(EXAMPLE))).window;
  expect(document.querySelectorAll("h1").length).toBe(1);
  expect(document.querySelector(".skip")?.getAttribute("href")).toBe("#main");
  const links = [...document.querySelectorAll(".contents a, .skip")].map((link) => link.getAttribute("href") ?? "");
  expect(links.length).toBeGreaterThan(10);
  for (const link of links) expect(document.getElementById(link.slice(1)), link).not.toBeNull();
  const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("every table has a caption, column heads and row heads; every picture has words", async () => {
  const { document } = new JSDOM(await renderHtml(dataQualityReport(EXAMPLE))).window;
  const tables = [...document.querySelectorAll("table")];
  expect(tables.length).toBeGreaterThan(8);
  for (const table of tables) {
    expect(table.caption?.textContent).not.toBe("");
    for (const cell of table.tHead?.rows[0].cells ?? []) expect(cell.getAttribute("scope")).toBe("col");
    for (const row of table.tBodies[0].rows) expect(row.cells[0].getAttribute("scope")).toBe("row");
  }
  const pictures = [...document.querySelectorAll("figure svg")];
  expect(pictures.length).toBeGreaterThan(8);
  for (const picture of pictures) {
    expect(picture.getAttribute("role")).toBe("img");
    expect(picture.getAttribute("aria-label")?.length).toBeGreaterThan(20);
  }
});

test("same headings get different ids, also one that is called like a part of the page", async () => {
  const heading = (text: string): Block => ({ type: "heading", level: 2, text });
  const document = await documentOf(heading("Main"), heading("Risk"), heading("Risk"), heading("!!!"));
  expect([...document.querySelectorAll("h2")].map(({ id }) => id)).toEqual(["main-2", "risk", "risk-2", "section"]);
});

test("data that looks like markup stays data, everywhere a page shows it", async () => {
  const chart = createChart({
    title: `Title ${EVIL}`,
    subtitle: EVIL,
    description: EVIL,
    spec: {
      data: { values: [{ a: EVIL, b: 1 }] },
      mark: "bar",
      encoding: { x: { field: "a", type: "nominal" }, y: { field: "b", type: "quantitative" } },
    },
    data: { columns: [{ name: EVIL }], rows: [[EVIL]] },
  });
  const values = { v: { value: EVIL } };
  const page = await renderHtml({
    ...reportOf(
      { type: "heading", level: 2, text: EVIL, lead: { markdown: "{{v}}", values } },
      {
        type: "prose",
        markdown: "{{v}} and <b onclick=x>raw</b> [x](javascript:alert(1)) ![alt](https://a.b/c.png)",
        values,
      },
      { type: "kpis", kpis: [{ label: EVIL, value: EVIL }] },
      { type: "table", caption: EVIL, columns: [{ name: EVIL }], rows: [[EVIL]], total: [EVIL], download: EVIL },
      { type: "chart", chart },
      { type: "checks", caption: EVIL, checks: [{ name: EVIL, value: 1, test: "lt", limit: 2, passed: true }] },
      { type: "terms", terms: [{ term: EVIL, meaning: EVIL }] },
      { type: "links", links: [{ href: "javascript:alert(1)", label: EVIL }] },
    ),
    title: EVIL,
    dataset: EVIL,
    runId: EVIL,
    gitCommit: EVIL,
  });
  const { document } = new JSDOM(page).window;
  expect(document.querySelectorAll("img").length).toBe(0);
  expect(document.querySelectorAll("script").length).toBe(1);
  expect(document.querySelectorAll("[onerror], [onclick]").length).toBe(0);
  expect(page).not.toContain("<img");
  expect([...document.querySelectorAll("a")].filter((link) => link.href.startsWith("javascript:"))).toEqual([]);
  expect(document.querySelector("main h2")?.textContent).toBe(EVIL);
  expect(document.querySelector("main .prose")?.textContent).toContain(EVIL);
});

test("data that looks like markup stays data in Markdown", () => {
  const markdown = renderMarkdown(
    reportOf(
      { type: "prose", markdown: "{{v}}", values: { v: { value: EVIL } } },
      { type: "table", caption: "T", columns: [{ name: "A" }, { name: "B" }], rows: [[`a|b\nc`, EVIL]] },
      { type: "links", links: [{ href: "a b>c.csv", label: "[x](y)" }] },
    ),
  );
  expect(markdown).not.toMatch(/(?<!\\)<img|(?<!\\)<\/script/);
  expect(markdown).toContain("| a\\|b c |");
  expect(markdown).toContain("- [\\[x\\](y)](<a b%3Ec.csv>)");
  expect(markdown.split("\n").filter((line) => line.startsWith("| a")).length).toBe(1);
});

test("a value in prose that nobody bound is an error, not a gap", async () => {
  const block: Block = { type: "prose", markdown: "{{customers}}", values: { orders: { value: 1 } } };
  const message = 'Cannot render prose: no value is named "customers"; expected one of ["orders"]';
  expect(() => renderMarkdown(reportOf(block))).toThrow(message);
  await expect(renderHtml(reportOf(block))).rejects.toThrow(message);
  expect(() => renderMarkdown(reportOf({ type: "prose", markdown: "{{toString}}" }))).toThrow("toString");
});

test("numbers are raw until they are written, and follow the report's locale and currency", async () => {
  const block: Block = {
    type: "table",
    caption: "T",
    columns: [
      { name: "Name" },
      { name: "Spend", format: { kind: "money" } },
      { name: "Share", format: { kind: "percent" } },
    ],
    rows: [
      ["a", 1234.5, 0.126],
      ["b", null, Number.NaN],
    ],
    total: ["All", 1234.5, 1],
  };
  expect(renderMarkdown(reportOf(block))).toContain(
    "| a | £1,234.50 | 12.6% |\n| b | – | – |\n| All | £1,234.50 | 100.0% |",
  );
  const german = renderMarkdown({ ...reportOf(block), locale: "de-DE", currency: "EUR" }).replace(/\u00a0/g, " ");
  expect(german).toContain("| a | 1.234,50 € | 12,6 % |");
  const cell = (await documentOf(block)).querySelector("tbody td");
  expect(cell?.getAttribute("data-value")).toBe("1234.5");
  expect((await documentOf(block)).querySelector("tfoot th")?.textContent).toBe("All");
});

test("numbers of different precision are padded so that their points line up", async () => {
  const document = await documentOf({
    type: "table",
    caption: "T",
    columns: [{ name: "Name" }, { name: "Value", format: { kind: "number" } }],
    rows: [
      ["a", { value: 1.5, format: { kind: "number", digits: 3 } }],
      ["b", { value: 22, format: { kind: "number", digits: 0 } }],
    ],
  });
  const [a, b] = [...document.querySelectorAll("tbody td")].map((cell) => cell.textContent);
  expect(a).toBe("1.500");
  expect(b).toBe("22\u2007\u2007\u2007\u2008");
});

test("segments carry their own colour in tables", async () => {
  const document = await documentOf({
    type: "table",
    caption: "T",
    columns: [{ name: "Segment", format: { kind: "segment" } }],
    rows: [["At Risk"], ["Lost/Churned"]],
  });
  expect([...document.querySelectorAll(".dot")].map((dot) => dot.getAttribute("style"))).toEqual([
    "background:var(--at-risk)",
    "background:var(--lost-churned)",
  ]);
});

test("checks say value, limit and verdict in words", () => {
  const checks = [
    { name: "AUC", value: 0.78, test: "gte", limit: 0.7, passed: true, format: { kind: "number" } },
  ] as const;
  expect(renderMarkdown(reportOf({ type: "checks", caption: "C", checks }))).toContain("| AUC | 0.78 | ≥ 0.70 | yes |");
});

test("the tag escapes what it is given, and only once", () => {
  const inner = html`<b>${"<"}</b>`;
  expect(html`${inner}${null}${undefined}${false}${["a", inner]}${0}`.source).toBe("<b>&#60;</b>a<b>&#60;</b>0");
});

test("the index lists reports by dataset and escapes their names", () => {
  const { document } = new JSDOM(
    renderIndex([
      { dataset: "b", title: EVIL, asOf: "2024-06-30", href: "b/data_quality.html", markdownHref: "b/data_quality.md" },
      { dataset: "a", title: "Data", asOf: "2024-06-30", href: "a/data_quality.html" },
    ]),
  ).window;
  expect([...document.querySelectorAll("h2")].map((heading) => heading.textContent)).toEqual(["a", "b"]);
  expect([...document.querySelectorAll("main a")].map((link) => link.getAttribute("href"))).toEqual([
    "a/data_quality.html",
    "b/data_quality.html",
    "b/data_quality.md",
  ]);
  expect(document.querySelectorAll("img").length).toBe(0);
  expect(renderIndex([])).toContain("No report has been written yet");
});
