import { describe, expect, it } from "vitest";
import { duckDbDialect, expandMacros } from "../../src/engine/index.js";

const expand = (sql: string) => expandMacros(sql, duckDbDialect);

describe("expandMacros", () => {
  it("leaves a statement without macros alone", () => {
    expect(expand("SELECT a, (b) FROM t")).toBe("SELECT a, (b) FROM t");
  });

  it("spells out nested calls", () => {
    expect(expand("@days_between(@month_start(a), b)")).toBe(
      "date_diff('day', CAST(date_trunc('month', a) AS DATE), b)",
    );
  });

  it("keeps commas and parentheses inside quotes and inner calls together", () => {
    expect(expand("@ratio(greatest(a, b), ',)')")).toBe(
      "(CAST(greatest(a, b) AS DOUBLE) / NULLIF(CAST(',)' AS DOUBLE), 0))",
    );
  });

  it("leaves quoted text and comments alone", () => {
    expect(expand("SELECT '@money(a)' -- @money(b)\n, @money(c)")).toBe(
      "SELECT '@money(a)' -- @money(b)\n, CAST(c AS DECIMAL(18, 4))",
    );
  });

  it.each([
    ["a block comment", "/* the shop's @money(b) */"],
    ["a nested block comment", "/* a /* the shop's */ @money(b) */"],
    ["a block comment that is not closed", "/* @money(b)"],
    ["text between dollars", "$$ it's @money(b) $$"],
    ["text between named dollars", "$x$ it's $$ @money(b) $x$"],
    ["text with escapes", "e'it\\'s @money(b)'"],
  ])("leaves %s alone, and what is in it ends no argument", (_, opaque) => {
    expect(expand(`@money(a) ${opaque}`)).toBe(`CAST(a AS DECIMAL(18, 4)) ${opaque}`);
    if (!opaque.startsWith("/* @"))
      expect(expand(`@number(a ${opaque} + @number(b))`)).toBe(`CAST(a ${opaque} + CAST(b AS DOUBLE) AS DOUBLE)`);
  });

  it("takes parameters and names that end in e for what they are", () => {
    expect(expand("@number($price) + @number(price) || name'")).toBe(
      "CAST($price AS DOUBLE) + CAST(price AS DOUBLE) || name'",
    );
  });

  it("names an unknown macro and the nearest known one", () => {
    expect(() => expand("@days_betwen(a, b)")).toThrow(
      'Cannot expand "@days_betwen": the duckdb dialect has no such macro; did you mean "@days_between"?',
    );
  });

  it("refuses a call that is never closed", () => {
    expect(() => expand("@money(a")).toThrow(/is not closed/);
  });
});
