import { test } from "vitest";
import { trustKnown } from "../features/trust.js";
import { sampleSizeForMeans } from "../../src/strategy/sample-size-for-means.js";
import { sampleSizeForProportions } from "../../src/strategy/sample-size-for-proportions.js";
import { winsorize } from "../../src/strategy/winsorize.js";
import { cupedAdjust } from "../../src/strategy/cuped-adjust.js";
import { mean, standardDeviation } from "../../src/stats.js";
test.each([["cdnow","1998-06-30"],["online-retail","2011-12-09"]])("%s", async (name, asOf) => {
  const t = await trustKnown(name);
  console.log(t.dataset.tables);
  for (const pop of ["seen before", "all"]) {
  const c: any = await t.engine.columns(`SELECT customer_id, 
    sum(CASE WHEN d > DATE '${asOf}' - 90 THEN amount ELSE 0 END)::DOUBLE AS y,
    sum(CASE WHEN d > DATE '${asOf}' - 180 AND d <= DATE '${asOf}' - 90 THEN amount ELSE 0 END)::DOUBLE AS x
    FROM (SELECT customer_id, amount, CAST(ordered_at AS DATE) AS d FROM orders) GROUP BY 1 HAVING min(d) <= DATE '${asOf}' ${pop === "all" ? "" : "- 90"}`);
  for (const ddof of [0,1]) for (const w of [1, .99]) {
    const y = winsorize(c.y, {at: w}).values, x = winsorize(c.x, {at: w}).values;
    const m = mean(y), sd = standardDeviation(y, {ddof});
    const r = cupedAdjust(y, x).correlation;
    console.log(name, pop, c.y.length, ddof, w, m, sd, sampleSizeForMeans({mean:m, standardDeviation: sd, relativeEffect:.05}), r, sampleSizeForMeans({mean:m, standardDeviation: sd, relativeEffect:.05, correlation:r}));
  }
  const p = c.y.filter((v: number) => v > 0).length / c.y.length;
  console.log(p, sampleSizeForProportions({rate: p, relativeEffect:.05}));
  }
  t.close();
}, 60000);
