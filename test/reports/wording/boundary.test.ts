import { describe, expect, test } from "vitest";
import { boundaryInWords } from "../../../src/reports/index.js";
import { numberTexts } from "../../../src/table/index.js";
import { textOf } from "../../checks/tracked-files.js";

const texts = numberTexts({ locale: "en-GB" });

describe("boundary", () => {
  test("every code of the models has its own sentence", () => {
    const codes = [...textOf("src/models/btyd/fit/boundary.ts").matchAll(/"(\w+)"/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(12);
    const sentences = codes.map((code) => boundaryInWords({ code, rate: 1, chance: 1, q: 1 } as never, texts));
    expect(new Set(sentences).size).toBe(codes.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[a-z].*[^.]$/);
  });

  test.each([
    [0.000845123, "0.000845"],
    [0.2, "0.200"],
    [12.345, "12.3"],
    [12345.6, "12,346"],
  ])("numbers have three significant digits: %d", (rate, text) => {
    expect(boundaryInWords({ code: "dropout_rates_alike", rate }, texts)).toMatch(new RegExp(` at ${text}$`));
  });

  test("numbers follow the locale", () => {
    const words = boundaryInWords({ code: "infinite_mean_spend", q: 0.61 }, numberTexts({ locale: "de-DE" }));
    expect(words).toContain("q is 0,610, so");
  });
});
