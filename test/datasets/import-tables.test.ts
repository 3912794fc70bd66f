import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { exploreFile } from "../../src/cleaning/index.js";
import { columnTable } from "../../src/cli/data-tables.js";
import { importDataset, parseMapping, parseSettings } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { now, useBench } from "./support.js";

const flat = { customer_id: "k", order_id: "o", order_datetime: "t", order_total: "s" };

describe("amounts and orders", () => {
  const bench = useBench();
  const lines = async (text: string, mapping: unknown, sql: string) => {
    await bench.add({ from: bench.write("file.csv", text), mapping });
    return bench.raw("shop", "lines", sql);
  };

  it("counts a repeated equal total once, and splits it over the lines exactly", async () => {
    const text = "k,o,t,s\na,1,2024-01-01,10.00\na,1,2024-01-01,10.00\na,1,2024-01-01,10.00\nb,2,2024-01-02,0.01\n";
    expect(await lines(text, flat, "SELECT order_id, line_no, amount FROM raw_table ORDER BY source_row")).toEqual([
      { order_id: "1", line_no: 1, amount: 3.3334 },
      { order_id: "1", line_no: 2, amount: 3.3333 },
      { order_id: "1", line_no: 3, amount: 3.3333 },
      { order_id: "2", line_no: 1, amount: 0.01 },
    ]);
    const sums =
      "SELECT order_id, CAST(sum(amount) AS VARCHAR) AS s FROM raw_table GROUP BY order_id ORDER BY order_id";
    expect(await bench.raw("shop", "lines", sums)).toEqual([
      { order_id: "1", s: "10.0000" },
      { order_id: "2", s: "0.0100" },
    ]);
  });

  it("counts a total that stands on one line of the order only", async () => {
    const text = "k,o,t,s\na,1,2024-01-01,\na,1,2024-01-01,10.00\n";
    expect(await lines(text, flat, "SELECT sum(amount) AS s FROM raw_table")).toEqual([{ s: 10 }]);
  });

  it("refuses two totals of one order, and names it", async () => {
    const text = "k,o,t,s\na,1,2024-01-01,10\na,77,2024-01-01,10\na,77,2024-01-01,11.5\n";
    await expect(lines(text, flat, "SELECT 1")).rejects.toThrow(
      /order "77" has the totals 10 and 11.5; expected one total per order/,
    );
  });

  it("keeps the total of a row without an order id", async () => {
    const text = "k,o,t,s\na,,2024-01-01,10\nb,,2024-01-01,11\n";
    expect(await lines(text, flat, "SELECT amount FROM raw_table ORDER BY source_row")).toEqual([
      { amount: 10 },
      { amount: 11 },
    ]);
  });

  it("takes quantity x unit_price less the discount", async () => {
    const mapping = {
      customer_id: "k",
      order_id: "o",
      order_datetime: "t",
      quantity: "q",
      unit_price: "p",
      discount: "d",
    };
    const text = "k,o,t,q,p,d\na,1,2024-01-01,3,1.10,1.30\na,1,2024-01-01,2,1.10,\n";
    expect(await lines(text, mapping, "SELECT amount FROM raw_table ORDER BY source_row")).toEqual([
      { amount: 2 },
      { amount: 2.2 },
    ]);
  });

  it("multiplies large quantities and prices exactly", async () => {
    const mapping = { customer_id: "k", order_id: "o", order_datetime: "t", quantity: "q", unit_price: "p" };
    const text = "k,o,t,q,p\na,1,2024-01-01,1000000,90000000.25\na,2,2024-01-01,-3,20000000000.0001\n";
    const amounts = "SELECT CAST(amount AS VARCHAR) AS amount FROM raw_table ORDER BY source_row";
    expect(await lines(text, mapping, amounts)).toEqual([
      { amount: "90000000250000.0000" },
      { amount: "-60000000000.0003" },
    ]);
  });

  it("makes one customer's calendar day an order where there is no order id, in the zone's days", async () => {
    const mapping = {
      customer_id: "k",
      order_datetime: "t",
      order_total: "s",
      timezone: "UTC",
      settings: { timezone: "Asia/Tokyo" },
    };
    const text = "k,t,s\na,2024-01-01 14:00:00,1\na,2024-01-01 16:00:00,2\na,2024-01-02 10:00:00,3\n";
    expect(await lines(text, mapping, "SELECT order_id, amount FROM raw_table ORDER BY source_row")).toEqual([
      { order_id: "a-20240101", amount: 1 },
      { order_id: "a-20240102", amount: 2 },
      { order_id: "a-20240102", amount: 3 },
    ]);
  });

  it("makes a customer's calendar day the order of rows whose order id is empty, and says so", async () => {
    const text =
      "k,o,t,s\na,,2024-01-01 09:00:00,1\nb,,2024-01-01 09:00:00,2\na,,2024-01-01 10:00:00,3\na,,2024-01-02,4\na,7,2024-01-02,5\n,,2024-01-02,6\n";
    expect(await lines(text, flat, "SELECT order_id, line_no, amount FROM raw_table ORDER BY source_row")).toEqual([
      { order_id: "a-20240101", line_no: 1, amount: 1 },
      { order_id: "b-20240101", line_no: 1, amount: 2 },
      { order_id: "a-20240101", line_no: 2, amount: 3 },
      { order_id: "a-20240102", line_no: 1, amount: 4 },
      { order_id: "7", line_no: 1, amount: 5 },
      { order_id: null, line_no: 1, amount: 6 },
    ]);
    const { notes } = await bench.add({ from: bench.write("file.csv", text), mapping: flat });
    expect(notes).toContain("4 rows have no order_id: grouped into one order per customer and calendar day");
  });

  it("computes a column by SQL over the source's text", async () => {
    const mapping = {
      customer_id: { sql: "upper(k)" },
      order_id: "o",
      order_datetime: "t",
      order_total: { sql: "CAST(s AS INTEGER) / 100.0" },
    };
    expect(await lines("k,o,t,s\na,1,2024-01-01,1250\n", mapping, "SELECT customer_id, amount FROM raw_table")).toEqual(
      [{ customer_id: "A", amount: 12.5 }],
    );
  });

  it("names the file and the column whose SQL cannot be run", async () => {
    const wrong = async (sql: string) =>
      lines("k,o,t,s\na,1,2024-01-01,x\n", { ...flat, order_total: { sql } }, "SELECT 1").then(
        () => "no error",
        (error: Error) => error.message,
      );
    const start = /^Cannot import "orders" from "file.csv": the SQL of "order_total" is invalid: /;
    for (const sql of ["summe * 2", "CAST(s AS INTEGER)", "s +"]) {
      const message = await wrong(sql);
      expect(message, sql).toMatch(start);
      expect(message, sql).not.toMatch(/CREATE|SELECT|staged/);
    }
    const mapping = { ...flat, order_datetime: { sql: "when_it_was" } };
    await expect(lines("k,o,t,s\na,1,2024-01-01,1\n", mapping, "SELECT 1")).rejects.toThrow(
      /the SQL of "ordered_at" is invalid: .*when_it_was/,
    );
  });

  it.each([
    ["reads a file", "(SELECT max(column0) FROM read_csv('/etc/passwd'))", /it reads read_csv; /],
    ["reads a file by its name", "(SELECT max(k) FROM '/etc/hosts.csv')", /it reads \/etc\/hosts\.csv; /],
    ["writes a file", "s)); COPY (SELECT 1) TO 'stolen.csv'; SELECT ((1", /syntax error|not one expression/],
    ["attaches a database", "s); ATTACH 'stolen.db'; SELECT (1", /it is not one expression/],
    ["installs an extension", "s); INSTALL httpfs; SELECT (1", /it is not one expression/],
  ])("refuses SQL that %s, by column", async (_, sql, problem) => {
    const start = /^Cannot import "orders" from "file.csv": the SQL of "order_total" is invalid: /;
    const adding = lines("k,o,t,s\na,1,2024-01-01,5\n", { ...flat, order_total: { sql } }, "SELECT 1");
    await expect(adding).rejects.toThrow(new RegExp(start.source + problem.source));
    expect(existsSync("stolen.csv") || existsSync("stolen.db")).toBe(false);
  });

  it.each([true, false])(
    "names the columns whose SQL runs longer than the engine allows, with profiles %s",
    async (profile) => {
      const engine = await openDuckDb({ statementLimit: 0.5 });
      try {
        const endless = "(WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r)";
        const path = bench.write("file.csv", "k,o,t,s\na,1,2024-01-01,5\n");
        const mapping = parseMapping({ ...flat, order_total: { sql: endless } }, { file: "file.csv" });
        const settings = parseSettings();
        const running = profile
          ? importDataset(
              engine,
              { name: "shop", title: "", licence: "", citation: "", settings, mapping },
              { from: path, target: join(bench.workspace.rawDatasets, "shop"), now },
            )
          : exploreFile(engine, { path, mapping, settings });
        await expect(running).rejects.toThrow(
          'Cannot compute "order_total" of "orders" from "file.csv": its SQL ran longer than 0.5 s; simplify it, or allow',
        );
      } finally {
        engine.close();
      }
    },
  );

  it("finds a column whose case or outer blanks differ, but not one of two", async () => {
    expect(await lines("K ,O,T,S\na,1,2024-01-01,5\n", flat, "SELECT amount FROM raw_table")).toEqual([{ amount: 5 }]);
    const twice = { ...flat, customer_id: "Key" };
    await expect(lines("KEY,key,o,t,s\na,b,1,2024-01-01,5\n", twice, "SELECT 1")).rejects.toThrow(/no column "Key"/);
  });
});

describe("several files", () => {
  const bench = useBench();
  const mapping = {
    orders: {
      file: "heads.csv",
      columns: { order_id: "id", customer_id: "who", ordered_at: "at", stated_amount: "total" },
    },
    order_lines: {
      file: "lines.csv",
      columns: { order_id: "head", line_no: "n", product_id: "sku", quantity: "q", unit_price: "p" },
    },
    products: {
      file: "goods.csv",
      columns: { product_id: "sku", product_name: "name" },
      join: [{ file: "kinds.csv", on: ["kind"] }],
    },
    returns: {
      file: "back.csv",
      columns: { return_id: "id", customer_id: "who", returned_at: "at", amount: "sum", order_id: "head" },
    },
  };
  const files = {
    "heads.csv": "id,who,at,total\n1,a,2024-01-01,9\n2,b,2024-01-02,5\n3,c,2024-01-03,1\n",
    "lines.csv": "head,n,sku,q,p\n1,1,x,2,3\n1,2,y,1,3\n2,1,x,1,3\n,1,x,1,3\n9,1,x,1,3\n",
    "goods.csv": "sku,name,kind\nx,Cup,k1\ny,Jar,k9\n",
    "kinds.csv": "kind,label\nk1,Kitchen\n",
    "back.csv": "id,who,at,sum,head\nr1,a,2024-02-01,3,1\n",
  };
  const importFiles = (changed: Record<string, string> = {}, other: object = {}, options: object = {}) => {
    for (const [name, text] of Object.entries({ ...files, ...changed })) bench.write(`folder/${name}`, text);
    const from = bench.write("folder/unrelated.txt", "").replace(/unrelated\.txt$/, "");
    return bench.add({ from, mapping: { ...mapping, ...other }, ...options });
  };

  it("makes lines out of heads and lines, and says which heads have none", async () => {
    const provenance = await importFiles();
    expect(provenance.tables["lines"].rows).toBe(5);
    expect(provenance.notes).toContain("1 orders without lines: excluded");
    expect(
      await bench.raw(
        "shop",
        "lines",
        "SELECT order_id, customer_id, amount, stated_amount FROM raw_table ORDER BY source_row",
      ),
    ).toEqual([
      { order_id: "1", customer_id: "a", amount: 6, stated_amount: 9 },
      { order_id: "1", customer_id: "a", amount: 3, stated_amount: 9 },
      { order_id: "2", customer_id: "b", amount: 3, stated_amount: 5 },
      { order_id: null, customer_id: null, amount: 3, stated_amount: null },
      { order_id: "9", customer_id: null, amount: 3, stated_amount: null },
    ]);
  });

  it("joins a file by its key and keeps rows without a match", async () => {
    await importFiles(
      {},
      { products: { ...mapping.products, columns: { ...mapping.products.columns, category: "label" } } },
    );
    expect(
      await bench.raw("shop", "products", "SELECT product_id, category FROM raw_table ORDER BY product_id"),
    ).toEqual([
      { product_id: "x", category: "Kitchen" },
      { product_id: "y", category: null },
    ]);
  });

  it("refuses a join with two matches until it is said which counts", async () => {
    const kinds = "kind,label,since\nk1,Kitchen,2\nk1,Cellar,1\n";
    const products = { ...mapping.products, columns: { ...mapping.products.columns, category: "label" } };
    await expect(importFiles({ "kinds.csv": kinds }, { products })).rejects.toThrow(
      /Cannot join "kinds.csv": kind "…" occurs 2 times; choose one with "first_by"/,
    );
    await importFiles(
      { "kinds.csv": kinds },
      { products: { ...products, join: [{ file: "kinds.csv", on: ["kind"], first_by: "since" }] } },
    );
    expect(await bench.raw("shop", "products", "SELECT category FROM raw_table WHERE product_id = 'x'")).toEqual([
      { category: "Cellar" },
    ]);
  });

  it("takes the first match by number or by time, not by letter, and refuses a mixture", async () => {
    const columns = { ...mapping.products.columns, category: "label" };
    const join = [{ file: "kinds.csv", on: ["kind"], first_by: "since" }];
    const firstOf = async (...since: string[]) => {
      const kinds = `kind,label,since\n${since.map((value) => `k1,${value.replace(/,.*/, "")},${value}\n`).join("")}`;
      await importFiles({ "kinds.csv": kinds }, { products: { ...mapping.products, columns, join } });
      const [row] = await bench.raw("shop", "products", "SELECT category FROM raw_table WHERE product_id = 'x'");
      return row["category"];
    };
    expect(await firstOf("10", "9.5", "100")).toBe("9.5");
    expect(await firstOf("25.12.2023", "01.02.2024", "24.12.2023")).toBe("24.12.2023");
    expect(await firstOf("beta", "alpha")).toBe("alpha");
    await expect(firstOf("10", "soon")).rejects.toThrow(
      /Cannot join "kinds.csv": "since", by which it is ordered, holds 1 numbers and 0 times in 2 values; expected one kind/,
    );
  });

  it("refuses a repeated key, names file, row and key, and under drop keeps the first", async () => {
    const changed = { "goods.csv": "sku,name,kind\nx,Cup,k1\ny,Jar,k9\nx,Mug,k1\n" };
    await expect(importFiles(changed)).rejects.toThrow(
      /Cannot import "products" from "goods.csv": row 3: product_id "x" occurred before with other values; make keys unique/,
    );
    const provenance = await importFiles(changed, {}, { onError: "drop" });
    expect(provenance.rejected).toEqual([
      { table: "products", file: "goods.csv", row: 3, reason: 'product_id "x" occurred before with other values' },
    ]);
    expect(await bench.raw("shop", "products", "SELECT product_name FROM raw_table WHERE product_id = 'x'")).toEqual([
      { product_name: "Cup" },
    ]);
  });

  it("counts rows of a key table once that repeat another, and says so", async () => {
    const repeated = { "goods.csv": "sku,name,kind\nx,Cup,k1\ny,Jar,k9\nx,Cup,k1\nx,Cup,k1\n" };
    const { notes, rejected } = await importFiles(repeated);
    expect(rejected).toEqual([]);
    expect(notes).toContain("products: 2 rows repeat an earlier one and count once");
    const names = "SELECT product_name FROM raw_table ORDER BY product_id";
    expect(await bench.raw("shop", "products", names)).toEqual([{ product_name: "Cup" }, { product_name: "Jar" }]);
  });

  it("takes a customer who agreed and opted out as opted out, in either order", async () => {
    const rows = "a,yes\na,no\nb,no\nb,yes\nc,yes\nc,yes\n";
    bench.write("people/orders.csv", "who,at,sum\na,2024-01-01,1\n");
    const from = bench.write("people/customers.csv", `who,ok\n${rows}`).replace("/customers.csv", "");
    const people = {
      orders: { file: "orders.csv", columns: { customer_id: "who", ordered_at: "at", order_total: "sum" } },
      customers: { file: "customers.csv", columns: { customer_id: "who", consent_marketing: "ok" } },
    };
    await expect(bench.add({ from, mapping: people })).rejects.toThrow(
      /row 2: customer_id ".*" occurred before with other/,
    );
    const { notes } = await bench.add({ from, mapping: people, onError: "drop" });
    expect(notes).toContain("customers: 1 row repeats an earlier one and counts once");
    expect(notes).toContain("customers: 2 both agreed to marketing and opted out: taken as opted out");
    const consents = "SELECT customer_id AS c, consent_marketing AS ok FROM raw_table ORDER BY customer_id";
    expect(await bench.raw("shop", "customers", consents)).toEqual([
      { c: "a", ok: false },
      { c: "b", ok: false },
      { c: "c", ok: true },
    ]);
  });

  it.each(["../outside.csv", "sub/../../outside.csv", "/etc/passwd"])(
    "refuses %s, outside of the folder",
    async (file) => {
      bench.write("outside.csv", files["goods.csv"]);
      for (const glob of [false, true]) {
        await expect(
          importFiles({}, { products: { ...mapping.products, file, glob, join: undefined } }),
        ).rejects.toThrow(`the mapping names "${file}", which lies outside of it; name files within the folder`);
      }
    },
  );

  it("masks the customer in an error, and an e-mail address where a number is expected", async () => {
    const customers = { file: "people.csv", columns: { customer_id: "mail", birth_year: "born" } };
    const people = (...rows: string[]) =>
      importFiles({ "people.csv": `mail,born\n${rows.join("\n")}\n` }, { customers });
    await expect(people("anna@example.com,1980", "anna@example.com,1981")).rejects.toThrow(
      'Cannot import "customers" from "people.csv": row 2: customer_id "a…m" occurred before',
    );
    await expect(people("anna,bert@example.com")).rejects.toThrow('row 1: birth_year is "b…m", expected a number');
  });

  it("masks names and telephone numbers in errors and in the list of dropped rows", async () => {
    const headers = (rows: string) => ({ "heads.csv": `id,who,at,total\n${rows}\n` });
    const moved = headers("1,a,2024-01-01,Anna Schmidt +49 170 123456\n2,b,2024-01-01,5");
    const masked = 'stated_amount is "A…6", expected an amount';
    await expect(importFiles(moved)).rejects.toThrow(`row 1: ${masked}`);
    const { rejected } = await importFiles(moved, {}, { onError: "drop" });
    expect(rejected.map(({ reason }) => reason)).toContain(masked);
    await expect(importFiles(headers("1,a,Bert Meier 0171,5"))).rejects.toThrow('ordered_at is "B…1"');
    const order = "Maria Muster Order 7";
    await expect(importFiles(headers(`${order},a,2024-01-01,5\n${order},a,2024-01-01,6`))).rejects.toThrow(
      'order_id "M…7" occurred before',
    );
    const broken = await importFiles(headers("1,a,2024-01-01,5\n2,Bert Meier 0171 999")).catch((e: Error) => e.message);
    expect(broken).toMatch(/line 3: it has 2 fields, expected 4$/);
  });

  it("shows no customer in a description", async () => {
    const people = { "people.csv": "mail,born\nanna@example.com,1980\nzoe@example.com,1990\n" };
    const customers = { file: "people.csv", columns: { customer_id: "mail", birth_year: "born" } };
    const provenance = await importFiles(people, { customers });
    const rows = columnTable(provenance).rows.filter(([table]) => table === "customers");
    expect(rows).toEqual([
      ["customers", "mail", 0, 2, "a…m", "z…m"],
      ["customers", "born", 0, 2, "1980", "1990"],
    ]);
  });

  it("refuses an empty key, a repeated order and a repeated line", async () => {
    await expect(importFiles({ "goods.csv": "sku,name,kind\n,Cup,k1\n" })).rejects.toThrow(
      /row 1: product_id is empty/,
    );
    await expect(importFiles({ "heads.csv": `${files["heads.csv"]}1,z,2024-01-01,9\n` })).rejects.toThrow(
      /Cannot import "orders" from "heads.csv": row 4: order_id "1" occurred before/,
    );
    await expect(importFiles({ "lines.csv": `${files["lines.csv"]}1,2,x,1,3\n` })).rejects.toThrow(
      /Cannot import "order_lines" from "lines.csv": row 6: order_id, line_no "1, 2" occurred before/,
    );
  });

  it("refuses a negative number as a key", async () => {
    await expect(importFiles({ "heads.csv": "id,who,at,total\n1,-1,2024-01-01,9\n" })).rejects.toThrow(
      /row 1: customer_id is "…", expected an id, not a negative number/,
    );
  });

  it("wants the folder, not one of its files", async () => {
    const from = bench.write("folder/heads.csv", files["heads.csv"]);
    await expect(bench.add({ from, mapping })).rejects.toThrow(
      /the mapping names 5 files .*give the folder that contains them/,
    );
  });

  it("names a file that is not in the folder, and the one that was meant", async () => {
    const other = { orders: { ...mapping.orders, file: "head.csv" } };
    await expect(importFiles({}, other)).rejects.toThrow(/it has no "head.csv"; did you mean "heads.csv"\?/);
  });
});

describe("columns with canonical names", () => {
  const bench = useBench();

  it("need no mapping, whatever their case, in a file or in a folder of tables", async () => {
    const orders = "Customer ID,Order-ID,Order_Datetime,Price,Quantity,Colour\na,1,2024-01-01,2,3,red\n";
    const one = await bench.add({ from: bench.write("some.csv", orders) });
    expect(one.mapping.orders.columns).toEqual({
      customer_id: "Customer ID",
      order_id: "Order-ID",
      ordered_at: "Order_Datetime",
      unit_price: "Price",
      quantity: "Quantity",
    });
    const folder = bench.write("tables/orders.csv", orders).replace(/orders\.csv$/, "");
    bench.write("tables/customers.csv", "customer_id,country\na,DE\n");
    expect(Object.keys((await bench.add({ from: folder })).tables)).toEqual(["lines", "customers"]);
  });

  it("are asked for by a mapping if one is lacking", async () => {
    const from = bench.write("other.csv", "client,when,amount\na,2024-01-01,2\n");
    await expect(bench.add({ from })).rejects.toThrow(
      /without a mapping, by column names, "orders.columns" has no "customer_id"; expected a source column.*it has "client", "when", "amount"; give a mapping with --mapping/,
    );
  });
});
