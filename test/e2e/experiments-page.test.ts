import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planExperiment } from "../../src/strategy/index.js";
import { fencedExamples } from "../checks/examples.js";
import { textOf } from "../checks/tracked-files.js";
import { trustKnown } from "../features/trust.js";
import { hasRealData } from "../real-data.js";
import { makeHome, mustRun } from "./rekindle.js";

const path = "docs/experiments.md";
const page = textOf(path);

describe("the example of the page about experiments", () => {
  let home: string;
  beforeAll(async () => {
    home = makeHome();
    await mustRun(["data", "make", "demo"], { home });
    await mustRun(["clean", "--no-tracking"], { home });
  }, 120_000);
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  test("prints what the page says", { timeout: 300_000 }, async () => {
    const commands = fencedExamples(path, page, "sh").flatMap(({ code }) => code.trim().split("\n"));
    const printed: string[] = [];
    for (const command of commands) {
      const args = [...command.replace(/^npx rekindle /, "").matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, bare]) => quoted ?? bare,
      );
      // Rule segments are the same whatever the clusters are; figures need no tracking to be switched off, but do not mind.
      const faster = args[0] === "segment" ? ["--n-clusters", "3", "--no-figures"] : [];
      const { stdout } = await mustRun([...args, ...faster, "--no-tracking"], { home });
      const lines = stdout.split("\n").filter((line) => !/^(segment|experiment-\w+): /.test(line));
      if (lines.some(Boolean)) printed.push(lines.join("\n").trim());
    }
    expect(printed).toEqual(fencedExamples(path, page, "text").map(({ code }) => code.trim()));
  });
});

describe.skipIf(!hasRealData)("the sizes that the page gives for two shops", () => {
  const rows = [...page.matchAll(/^\| (conversion rate|spend[\w ,]*) \| +([\d,]+) \| +([\d,]+) \|$/gm)];
  const stated = (shop: 0 | 1) => rows.map((row) => Number(row[2 + shop].replaceAll(",", "")));

  test.each([
    ["cdnow", "1998-06-30", 0],
    ["online-retail", "2011-12-09", 1],
  ] as const)("are those of %s", async (name, asOf, shop) => {
    const { engine, close } = await trustKnown(name);
    try {
      const { spend, spendBefore } = (await engine.columns(
        `SELECT sum(CASE WHEN ordered_on > DATE '${asOf}' - 90 THEN amount ELSE 0 END)::DOUBLE AS spend,
           sum(CASE WHEN ordered_on > DATE '${asOf}' - 180 AND ordered_on <= DATE '${asOf}' - 90 THEN amount ELSE 0 END)::DOUBLE
             AS "spendBefore"
         FROM orders WHERE ordered_on <= DATE '${asOf}'
         GROUP BY customer_id HAVING min(ordered_on) <= DATE '${asOf}' - 90 ORDER BY customer_id`,
      )) as Readonly<Record<"spend" | "spendBefore", Float64Array>>;
      const { measures } = planExperiment({ spend, spendBefore });
      expect(stated(shop)).toEqual(measures.map(({ neededPerArm }) => neededPerArm));
      if (name === "cdnow") {
        const [buyers] = measures[4].rises;
        expect(page.replace(/\n/g, " ")).toContain(
          `would show with ${buyers.neededPerArm?.toLocaleString("en-GB")} customers per group`,
        );
        return;
      }
      const half = planExperiment({ spend, spendBefore }, { customers: 4338 }).measures;
      const percent = (share: number | null) => `${(100 * Number(share)).toFixed(1)}%`;
      expect(page.replace(/\n/g, " ")).toContain(
        `a rise in spend of ${percent(half[2].minimumDetectableEffect)} if adjusted for past spend, and of ${percent(half[4].minimumDetectableEffect)} in capped spend`,
      );
    } finally {
      close();
    }
  });
});
