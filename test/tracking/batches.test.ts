import { expect, test } from "vitest";
import { type Batch, batchesOf } from "../../src/tracking/client/batches.js";
import { fitValue, requireKey } from "../../src/tracking/client/limits.js";

const metric = (step: number) => ({ key: "m", value: step, timestamp: 1, step });
const pairs = (count: number, value = "v") => Array.from({ length: count }, (_, i) => ({ key: `k${i}`, value }));

test("nothing to log is no batch", () => {
  expect([...batchesOf({ metrics: [], params: [], tags: [] })]).toEqual([]);
});

test("batches hold every item once, in order, within each limit", () => {
  const all: Batch = {
    metrics: Array.from({ length: 2345 }, (_, step) => metric(step)),
    params: pairs(250, "é".repeat(6000)),
    tags: pairs(310),
  };
  const batches = [...batchesOf(all)];
  for (const kind of ["metrics", "params", "tags"] as const)
    expect(batches.flatMap<unknown>((batch) => batch[kind])).toEqual(all[kind]);
  for (const { metrics, params, tags } of batches) {
    expect(metrics.length).toBeLessThanOrEqual(1000);
    expect(params.length).toBeLessThanOrEqual(100);
    expect(tags.length).toBeLessThanOrEqual(100);
    expect(metrics.length + params.length + tags.length).toBeLessThanOrEqual(1000);
    expect(Buffer.byteLength(JSON.stringify({ run_id: "0".repeat(32), metrics, params, tags }))).toBeLessThanOrEqual(
      1e6,
    );
  }
});

test("names are checked by the server's rules", () => {
  for (const key of ["loss", "train/loss", "a b:c-d.e_f", "größe"])
    expect(() => requireKey("metric", key)).not.toThrow();
  for (const key of ["", "a//b", "/a", "../a", "a/..", "p$", "a\nb", "x".repeat(251)]) {
    expect(() => requireKey("param", key)).toThrow(RangeError);
  }
});

test("a value of exactly the limit is kept, and characters are not cut in two", () => {
  const notices: string[] = [];
  const options = { limit: 3, warn: (message: string) => notices.push(message) };
  expect(fitValue("It", "😀😀😀", options)).toBe("😀😀😀");
  expect(notices).toEqual([]);
  expect(fitValue("It", "😀😀😀😀", options)).toBe("😀😀😀");
  expect(notices).toEqual(["It was cut from 4 to 3 characters, the limit of MLflow"]);
});
