import { describe, expect, test } from "vitest";
import { judgeFit } from "../../src/segmentation/index.js";
import { segmentedByHand } from "./hand-made.js";

const { model, now, before } = await segmentedByHand();
const options = { dataset: "hand-made", seed: 7 };

describe("an earlier fit", () => {
  test("is judged by how today's customers with enough orders hold together in it", () => {
    expect(judgeFit(model, now.customers, options)).toEqual({
      asOf: "2026-01-31",
      given: true,
      silhouette: model.metrics["silhouette"],
    });
    // Its clusters say less of other customers.
    const earlier = { ...model, asOf: "2026-01-01" };
    const { silhouette } = judgeFit(earlier, before.customers, options);
    expect(silhouette).toBeLessThan(model.metrics["silhouette"]);
  });

  test("that puts all of them into one cluster separates nothing", () => {
    const [first, ...others] = model.centroids;
    const far = { ...model, centroids: [first, ...others.map((row) => row.map(() => 1e6))] };
    expect(judgeFit(far, now.customers, options).silhouette).toBe(0);
  });

  test.each([
    ["another dataset", { ...model, dataset: "elsewhere" }, 'fitted on "elsewhere"; use one fitted on "hand-made"'],
    ["a later day", { ...model, asOf: "2026-02-01" }, "as of 2026-02-01; use one fitted as of 2026-01-31 or earlier"],
    [
      "orders that too few have",
      { ...model, minOrders: 16 },
      "2 customers have 16 orders; its 3 clusters require at least 4",
    ],
  ])("of %s is refused", (_, fit, message) => {
    expect(() => judgeFit(fit, now.customers, options)).toThrow(message);
  });
});
