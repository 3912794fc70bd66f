import { describe, expect, it } from "vitest";
import { useBench } from "./support.js";

const bench = useBench();

/** Imports a file of orders, and returns its orders with their amounts, and the notes on them. */
async function ordersOf(csv: string, columns: object, options: object = {}) {
  const { notes } = await bench.add({
    from: bench.write("orders.csv", csv),
    mapping: { customer_id: "customer", order_id: "order", ordered_at: "date", ...columns, ...options },
  });
  const orders = await bench.raw(
    "shop",
    "lines",
    "SELECT order_id, CAST(sum(amount) AS DOUBLE) AS amount FROM raw_table GROUP BY order_id ORDER BY order_id",
  );
  return {
    orders: Object.fromEntries(orders.map(({ order_id, amount }) => [String(order_id), amount])),
    notes: notes.filter((note) => note.startsWith("orders: ")),
  };
}

describe("an order id that was used again", () => {
  const split = [
    'orders: 1 order id was used again, in other periods: split into 2 orders, such as "1" of 2022-02-28 and 2023-02-28',
  ];

  it("a year later is another order, also with the same total", async () => {
    const totals = "customer,order,date,total\nA,1,2022-02-28,10\nA,1,2023-02-28,10\nB,2,2023-03-01,5\n";
    const expected = { orders: { "1": 10, "1-20230228": 10, "2": 5 }, notes: split };
    expect(await ordersOf(totals, { order_total: "total" })).toEqual(expected);
    const lines = "customer,order,date,amount\nA,1,2022-02-28,10\nA,1,2023-02-28,12\nB,2,2023-03-01,5\n";
    const expectedOfLines = { orders: { "1": 10, "1-20230228": 12, "2": 5 }, notes: split };
    expect(await ordersOf(lines, { amount: "amount" })).toEqual(expectedOfLines);
  });

  it("in another store is another order", async () => {
    const text = "customer,order,date,amount,shop\nA,1,2023-02-28,10,x\nB,1,2023-02-28,12,y\nB,1,2023-02-28,1,y\n";
    expect(await ordersOf(text, { amount: "amount", store_id: "shop" })).toEqual({
      orders: { "1": 10, "1-20230228-y": 13 },
      notes: ['orders: 1 order id was used again, in other stores: split into 2 orders, such as "1" of 2023-02-28'],
    });
  });

  it("is refused where its lines are spread over days, unless that is one order", async () => {
    const days = ["03-01", "03-02", "03-09"].map((day) => `A,1,2023-${day},10\n`).join("");
    const text = `customer,order,date,amount\n${days}`;
    await expect(ordersOf(text, { amount: "amount" })).rejects.toThrow(
      'order "1" has lines from 2023-03-01 to 2023-03-09, more than 2 days apart; if that is one order, set "order_span_days" in "settings" or leave out "store_id", if the id was used again, make it unique with "sql"',
    );
    const settings = { order_span_days: 10 };
    expect(await ordersOf(text, { amount: "amount" }, { settings })).toEqual({ orders: { "1": 30 }, notes: [] });
  });

  it("is refused where one customer has both within a month, or in two stores on one day", async () => {
    const late = "customer,order,date,amount\nA,1,2023-03-01,10\nA,1,2023-03-09,10\n";
    await expect(ordersOf(late, { amount: "amount" })).rejects.toThrow(
      /order "1" has lines from 2023-03-01 to 2023-03-09/,
    );
    const stores = "customer,order,date,amount,shop\nA,1,2023-03-01,10,x\nA,1,2023-03-01,10,y\n";
    await expect(ordersOf(stores, { amount: "amount", store_id: "shop" })).rejects.toThrow(
      /order "1" has lines in two stores on 2023-03-01/,
    );
  });

  it("keeps returns and discounts with the order of their customer", async () => {
    const text = [
      "customer,order,date,amount",
      ...["A,1,2022-03-01,100", "A,1,2022-03-01,-10", "B,1,2023-03-01,200", "B,1,2023-03-01,-20", "B,1,2023-03-20,-5"],
    ].join("\n");
    expect((await ordersOf(`${text}\n`, { amount: "amount" })).orders).toEqual({ "1": 90, "1-20230301": 175 });
  });

  it("is one order where it comes back as a return", async () => {
    const text = "customer,order,date,n,price\nA,1,2023-03-01,2,5\nA,1,2023-03-20,-1,5\n";
    const columns = { quantity: "n", unit_price: "price" };
    expect(await ordersOf(text, columns)).toEqual({ orders: { "1": 5 }, notes: [] });
  });
});

describe("a total beside quantity and price", () => {
  const text =
    "customer,order,date,qty,price,total\nA,1,2023-02-28,2,5.00,12.00\nB,2,2023-03-01,1,20.00,28.50\nB,2,2023-03-01,1,10.00,28.50\n";
  const columns = { quantity: "qty", unit_price: "price", order_total: "total" };

  it("is stated, not summed, and its difference is said", async () => {
    expect(await ordersOf(text, columns)).toEqual({
      orders: { "1": 10, "2": 30 },
      notes: [
        'orders: the totals of 2 orders differ from the sum of the lines, by 0.50 in all (such as shipping, tax, discounts of orders); amounts are those of the lines, unless the mapping says "order_amount": "stated"',
      ],
    });
    const stated = await bench.raw(
      "shop",
      "lines",
      "SELECT CAST(stated_amount AS DOUBLE) AS s FROM raw_table ORDER BY source_row",
    );
    expect(stated.map(({ s }) => s)).toEqual([12, 28.5, 28.5]);
  });

  it("is what the order is worth where the mapping says so", async () => {
    expect(await ordersOf(text, columns, { order_amount: "stated" })).toEqual({
      orders: { "1": 12, "2": 28.5 },
      notes: [],
    });
    const amounts = await bench.raw(
      "shop",
      "lines",
      "SELECT CAST(amount AS DOUBLE) AS a FROM raw_table ORDER BY source_row",
    );
    expect(amounts.map(({ a }) => a)).toEqual([12, 19, 9.5]);
    const thirds = "customer,order,date,qty,price,total\n" + "A,1,2023-02-28,1,1.00,10.00\n".repeat(3);
    expect((await ordersOf(thirds, columns, { order_amount: "stated" })).orders).toEqual({ "1": 10 });
    const without = text.replace("B,2,2023-03-01,1,20.00,28.50", "B,,2023-03-01,1,20.00,28.50");
    const unnumbered = await ordersOf(without, columns, { order_amount: "stated" });
    expect(unnumbered.orders).toEqual({ "1": 12, "2": 28.5, "B-20230301": 28.5 });
    const other = { quantity: "qty", unit_price: "price" };
    await expect(ordersOf(text, other, { order_amount: "stated" })).rejects.toThrow(
      /the mapping has no total of orders/,
    );
    await expect(ordersOf(text, { ...columns, stated_amount: "total" })).rejects.toThrow(/map one of them/);
  });
});

describe("a discount", () => {
  const text = "customer,order,date,qty,price,off\nA,1,2023-02-28,2,5.00,0.2\nB,2,2023-03-01,1,20.00,0\n";
  const columns = { quantity: "qty", unit_price: "price" };

  it("that may be a share is asked about", async () => {
    await expect(ordersOf(text, { ...columns, discount: "off" })).rejects.toThrow(
      'every discount is between 0 and 1, such as 0.2; map it as "discount_rate" if it is a share of the price, or as {"sql": …} if it is money',
    );
  });

  it("beside mapped amounts is no part of them", async () => {
    expect((await ordersOf(text, { amount: "price", discount: "off" })).orders).toEqual({ "1": 5, "2": 20 });
  });

  it("in percent is no share", async () => {
    const percent = text.replace("0.2", "10");
    await expect(ordersOf(percent, { ...columns, discount_rate: "off" })).rejects.toThrow(
      'row 1: discount_rate is 10; expected a share in [0, 1], so map percentages as {"sql": "rate / 100"}',
    );
  });

  it("is a share of the price, or money", async () => {
    expect((await ordersOf(text, { ...columns, discount_rate: "off" })).orders).toEqual({ "1": 8, "2": 20 });
    expect((await ordersOf(text, { ...columns, discount: { sql: "off" } })).orders).toEqual({ "1": 9.8, "2": 20 });
  });
});
