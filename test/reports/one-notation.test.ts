// A report is written in one notation: no number keeps a point where the locale has a comma.
import { expect, test } from "vitest";
import {
  dataQualityReport,
  planReport,
  type Report,
  readoutReport,
  renderHtml,
  renderMarkdown,
  splitReport,
} from "../../src/reports/index.js";
import { EXAMPLE } from "./example.js";
import { DESIGN, FACTS, plannedExample, readingExample, USUAL } from "./experiments/examples.js";
import { numbersIn, pageText } from "./page-text.js";

type Place = Pick<Report, "locale" | "currency">;
const british = { locale: "en-GB", currency: "EUR" };
const german = { locale: "de-DE", currency: "EUR" };

const REPORTS: Readonly<Record<string, (place: Place) => Report>> = {
  "data quality": (place) => dataQualityReport({ ...EXAMPLE, dataset: { ...EXAMPLE.dataset, ...place } }),
  plan: (place) => planReport(plannedExample(), { ...FACTS, ...place }),
  split: (place) => splitReport(DESIGN, { ...FACTS, ...place }),
  readout: (place) => readoutReport(readingExample(USUAL, { changed: true, gone: 1 }), { ...FACTS, ...place }),
};

/** Text without code: ids, commands and versions are the same everywhere. */
const withoutCode = (markdown: string) => markdown.replace(/```[\s\S]*?```|`[^`\n]*`|doi:\S+|CC BY \d\.\d/g, "");
const swapped = (number: string) => number.replace(/[.,]/g, (mark) => (mark === "." ? "," : "."));

/** Texts of the charts of a page, those of their axes among them. */
const chartTexts = (page: string) =>
  [...page.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text).join("\n");

test.each(Object.entries(REPORTS))("%s: German numbers are the British ones with separators swapped", async (_, of) => {
  const [one, other] = [of(british), of(german)];
  for (const textOf of [
    async (report: Report) => withoutCode(renderMarkdown(report)),
    async (report: Report) =>
      withoutCode(pageText((await renderHtml(report)).replace(/<(code|pre)[\s>][\s\S]*?<\/\1>/g, ""))),
    async (report: Report) => chartTexts(await renderHtml(report)),
  ]) {
    const numbers = numbersIn(await textOf(one));
    expect(numbersIn(await textOf(other))).toEqual(numbers.map(swapped).sort());
  }
  expect(numbersIn(withoutCode(renderMarkdown(one))).filter((number) => /[.,]/.test(number)).length).toBeGreaterThan(3);
});

test.each(Object.entries(REPORTS))("%s: months have English names in every locale", async (_, of) => {
  const text = pageText(await renderHtml(of(german)));
  expect(text).not.toMatch(/\b(?:Januar|Februar|März|Mai|Juni|Juli|Okt|Dez|Mio|Tsd)\b/);
});
