// Simulated tests of campaigns on real shops: how often 95 % intervals of spend hold the truth, and how often a rise of
// the planned size is seen. Customers are drawn with replacement from those of the shop. The datasets must be imported
// and cleaned here: npx rekindle clean --dataset demo, cdnow, online-retail.
//
//   npm run bench experiments [-- --rounds 3000]
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDuckDb } from "rekindle/engine";
import { planExperiment, readExperiment } from "rekindle/strategy";
import { wholeNumber } from "../side-by-side.mjs";

/** @typedef {{ spend: Float64Array, spendBefore: Float64Array }} Shop */
/** @typedef {"more buyers" | "larger purchases"} Rise */

const shops = { demo: "2025-10-01", cdnow: "1998-03-31", "online-retail": "2011-09-09" };
const sizes = [
  { test: 1000, control: 1000 },
  { test: 1000, control: 4000 },
  { test: 4000, control: 1000 },
];
/** @type {readonly Rise[]} */
const rises = ["more buyers", "larger purchases"];

const { values } = parseArgs({ options: { rounds: { type: "string", default: "3000" } } });
const rounds = wholeNumber(values.rounds);

let state = 7;
/** A number in [0, 1). */
function uniform() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}

/** @param {string} name @param {string} day @returns {Promise<Shop>} */
async function shopAt(name, day) {
  const path = join("datasets", "processed", name, "orders.parquet");
  if (!existsSync(path)) {
    throw new Error(`Cannot simulate on ${name}: "${path}" does not exist; run npx rekindle clean --dataset ${name}`);
  }
  const engine = await openDuckDb({ threads: 2 });
  try {
    const { spend, before } = await engine.columns(
      `SELECT sum(CASE WHEN ordered_on > DATE '${day}' AND ordered_on <= DATE '${day}' + 90 THEN amount ELSE 0 END)::DOUBLE AS spend,
         sum(CASE WHEN ordered_on > DATE '${day}' - 180 AND ordered_on <= DATE '${day}' THEN amount ELSE 0 END)::DOUBLE AS before
       FROM read_parquet('${path}') GROUP BY customer_id HAVING min(ordered_on) <= DATE '${day}' ORDER BY customer_id`,
    );
    return /** @type {Shop} */ ({ spend, spendBefore: before });
  } finally {
    engine.close();
  }
}

/**
 * One test of a campaign that raises the spend of the test group.
 *
 * @param {Shop} shop
 * @param {{ test: number, control: number, rise: Rise, effect: number }} options
 */
function draw({ spend, spendBefore }, { test, control, rise, effect }) {
  const buyers = spend.filter((amount) => amount > 0);
  const won = (buyers.length * effect) / (spend.length - buyers.length);
  const arms = Array.from({ length: test + control }, (_, i) => (i < test ? "test" : "control"));
  const rows = arms.map(() => Math.floor(uniform() * spend.length));
  const outcome = rows.map((row, i) => {
    if (i >= test) return spend[row];
    if (rise === "larger purchases") return spend[row] * (1 + effect);
    return spend[row] > 0 || uniform() >= won ? spend[row] : buyers[Math.floor(uniform() * buyers.length)];
  });
  return { arms, outcome, before: rows.map((row) => spendBefore[row]) };
}

/** @param {number} count */
const share = (count) => `${((100 * count) / rounds).toFixed(1)} %`;

process.stdout.write(`${rounds} rounds each; the truth is a rise of 30 %, or of the planned size\n`);
for (const [name, day] of Object.entries(shops)) {
  const shop = await shopAt(name, day);
  const mean = shop.spend.reduce((sum, amount) => sum + amount, 0) / shop.spend.length;
  for (const size of sizes) {
    for (const rise of rises) {
      let held = 0;
      for (let round = 0; round < rounds; ++round) {
        const columns = draw(shop, { ...size, rise, effect: 0.3 });
        const { lower, upper } = readExperiment(columns, {
          kind: "spend",
          testShare: size.test / (size.test + size.control),
        });
        if (lower <= 0.3 * mean && 0.3 * mean <= upper) ++held;
      }
      process.stdout.write(`${name}, ${size.test} test and ${size.control} control, ${rise}: held ${share(held)}\n`);
    }
  }
  const { spend } = planExperiment(shop, { customers: 3000 });
  for (const { rise, minimumDetectableEffect } of spend?.rises ?? []) {
    let seen = 0;
    for (let round = 0; round < rounds; ++round) {
      const columns = draw(shop, { test: 1500, control: 1500, rise, effect: Number(minimumDetectableEffect) });
      if (readExperiment(columns, { kind: "spend" }).verdict === "more") ++seen;
    }
    process.stdout.write(
      `${name}, 1500 in each, ${rise} by ${(100 * Number(minimumDetectableEffect)).toFixed(1)} %: seen ${share(seen)}\n`,
    );
  }
}
