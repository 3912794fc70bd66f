import { expect, test } from "vitest";
import { type ArmOfCustomer, contactKey, parseResults } from "../../src/strategy/index.js";

const secret = "a secret";
const keyOf = (id: string) => contactKey(id, { key: secret });
const plain: ArmOfCustomer[] = [
  { id: "17850", arm: "test", stratum: "all" },
  { id: "13047", arm: "control", stratum: "all" },
];
const keyed = plain.map((row) => ({ ...row, id: keyOf(row.id) }));
const options = { what: "results.csv", idColumn: "customer_id", key: async () => secret } as const;
const read = (text: string, changes: object = {}) => parseResults(text, plain, { ...options, ...changes });

test("spend alone says who bought, converted alone says no amounts", async () => {
  const spend = await read("customer_id,spend\n17850,12.5\n13047,0\n");
  expect([...spend.byId]).toEqual([
    ["17850", { spend: 12.5, converted: true }],
    ["13047", { spend: 0, converted: false }],
  ]);
  const converted = await read("customer_id,converted\n17850,yes\n13047,False\n");
  expect(converted.hasSpend).toBe(false);
  expect([...converted.byId.values()]).toEqual([
    { spend: null, converted: true },
    { spend: null, converted: false },
  ]);
  const both = await read("customer_id,spend,converted\n17850,0,1\n");
  expect(both.byId.get("17850")).toEqual({ spend: 0, converted: true });
});

test("columns may have names of their own", async () => {
  const { byId } = await read("Customer_ID;Umsatz\n17850;3\n", { spendColumn: "Umsatz" });
  expect(byId.get("17850")?.spend).toBe(3);
});

test.each([
  ["pseudonyms for a plain split", plain, "customer_id", "contact_key", keyOf],
  ["ids for a pseudonymous split", keyed, "contact_key", "customer_id", (id: string) => id],
] as const)("%s find their customers", async (_, split, idColumn, given, name) => {
  const text = `${given},spend\n${name("17850")},7\n${name("1")},9\n`;
  const { byId, unknown } = await parseResults(text, split, { ...options, idColumn });
  expect([...byId]).toEqual([[split[0].id, { spend: 7, converted: true }]]);
  expect(unknown).toBe(1);
});

test("customers in another group than the split has are counted, and stay in the split's", async () => {
  const { inOtherArm } = await read("customer_id,spend,arm\n17850,1,control\n13047,2,control\n");
  expect(inOtherArm).toBe(1);
});

test.each([
  ["customer_id,amount\n17850,1\n", 'it has no column "spend" or "converted"; name one with --spend-column'],
  ["id,spend\n17850,1\n", 'it has no column "customer_id"'],
  ["customer_id,spend\n17850,much\n", '"spend" on line 2 is "m…h"; expected a number such as 12.50'],
  ["customer_id,spend\n17850,\n", '"spend" on line 2 is empty; expected a number such as 12.50'],
  ["customer_id,spend\n17850,-3\n", '"spend" on line 2 is "-3"; expected spend of 0 or more, before returns'],
  ["customer_id,spend\n17850,1e999\n", '"spend" on line 2 is "1e999"; expected a number such as 12.50'],
  ['customer_id,spend\n17850,"1,234.50"\n', '"spend" on line 2 is "1,234.50"'],
  ["customer_id,spend\n17850,NaN\n", '"spend" on line 2 is "NaN"'],
  ["customer_id,converted\n17850,2\n", '"converted" on line 2 is "2"; expected 1 or 0'],
  ["customer_id,spend\n17850,1\n13047,1\n17850,2\n", '"1…0" is on lines 2 and 4; expected one line per customer'],
  ["customer_id,spend\n,1\n", "line 2 has no customer"],
  ["customer_id,spend\n1,1\n2,1\n", "none of its 2 customers is in the split"],
  ["customer_id,spend,arm\n17850,1,A\n", 'the arm on line 2 is "A"; expected test or control'],
  ["customer_id,spend\n", "none of its 0 customers is in the split"],
])("%j is refused in a line", async (text, message) => {
  await expect(read(text)).rejects.toThrow(SyntaxError);
  await expect(read(text)).rejects.toThrow(`Cannot read results.csv: `);
  await expect(read(text)).rejects.toThrow(message);
});
