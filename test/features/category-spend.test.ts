import { expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/index.js";
import { categorySpend } from "../../src/features/index.js";
import { handMade } from "./hand-made.js";

test("categorySpend: sums lines by customer and category, without lines of no category", async () => {
  const engine = await openDuckDb();
  try {
    const dataset = await handMade(engine, {
      orders: ["order_id:VARCHAR customer_id:VARCHAR", "1 a", "2 a", "3 b"],
      order_lines: [
        "order_id:VARCHAR product_id:VARCHAR amount:DOUBLE",
        ...["1 book 10", "1 toy 5", "2 book 2.5", "3 toy 4", "3 mystery 100"],
      ],
      products: ["product_id:VARCHAR category:VARCHAR", "book Books", "toy Toys", "mystery -"],
    });
    const spend = await categorySpend(engine, dataset);
    expect([...spend].map(([id, own]) => [id, Object.fromEntries(own)])).toEqual([
      ["a", { Books: 12.5, Toys: 5 }],
      ["b", { Toys: 4 }],
    ]);
    expect(await categorySpend(engine, { tables: { ...dataset.tables, products: ["product_id"] } })).toEqual(new Map());
  } finally {
    engine.close();
  }
});
