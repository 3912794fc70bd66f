import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Driver, kernelEnvironment, requireBuilt, startDriver } from "./kernel-driver.js";

let folder: string;
let kernel: Driver;

beforeAll(async () => {
  requireBuilt();
  folder = await mkdtemp(join(tmpdir(), "rekindle-signature-"));
  kernel = await startDriver(await kernelEnvironment(folder));
  await kernel.execute(`import { openDuckDb } from "rekindle/engine";
import { fitKmeans } from "rekindle/segmentation";
/**
 * Adds two numbers.
 * @param second The number to add.
 */
function add(first: number, second: number): number { return first + second; }
function one(value: string): string;
function one(value: number, digits: number): string;
function one(value: string | number, digits = 0): string { return String(value) + digits; }
const shop = { orders: { count: (day: string, ...regions: string[]): number => day.length + regions.length } };`);
});

afterAll(async () => {
  await kernel?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Asks for help at the bar in the code. */
async function helpAt(marked: string): Promise<string | undefined> {
  const cursor = marked.indexOf("|");
  const code = marked.slice(0, cursor) + marked.slice(cursor + 1);
  const reply = await kernel.ask({ op: "inspect", code, cursor });
  const data = reply["data"] as Record<string, string>;
  return reply["found"] ? data["text/plain"] : undefined;
}

const ADD = "add(first: number, second: number): number";

it.each([
  ["between empty brackets", "add(|)", ADD, "Argument 1: first: number"],
  ["after a comma", "add(1, |)", ADD, "Argument 2: second: number"],
  ["before the bracket is closed", "add(1, |", ADD, "Argument 2: second: number"],
  ["on a number", "add(1|2, 3)", ADD, "Argument 1: first: number"],
  ["in an inner call", "add(add(1, |), 3)", ADD, "Argument 2: second: number"],
  ["behind an inner call", "add(one(1, 2).length, |)", ADD, "Argument 2: second: number"],
  ["in a template", "`sum: $" + "{add(|)} of it`", ADD, "Argument 1: first: number"],
  ["over several lines", "const sum = add(\n  1,\n  |\n);", ADD, "Argument 2: second: number"],
  [
    "of a method",
    "shop.orders.count(|)",
    "count(day: string, ...regions: string[]): number",
    "Argument 1: day: string",
  ],
  [
    "of a rest parameter",
    'shop.orders.count("a", "b", |)',
    "count(day: string, ...",
    "Argument 2: ...regions: string[]",
  ],
  ["of a constructor", "new Date(2024, |)", "Date(year: number", "Argument 2: monthIndex: number"],
  ["of our own functions", "await openDuckDb(|)", "Promise<Engine>", "Argument 1: "],
])("help in a call: %s", async (_, code, signature, argument) => {
  const help = await helpAt(code);
  expect(help?.split("\n")[0]).toContain(signature);
  expect(help).toContain(`\n\n${argument}`);
});

it("help in a call has its documentation and that of the argument", async () => {
  const help = await helpAt("add(1, |)");
  expect(help).toContain("Argument 2: second: number\n  The number to add.");
  expect(help).toContain("Adds two numbers.");
  expect(await helpAt("fitKmeans(|)")).toContain("Fits k-means (MacQueen 1967)");
});

it("help in a call lists overloads, the fitting one first", async () => {
  const [first, second] = (await helpAt("one(1, |)"))?.split("\n") ?? [];
  expect(first).toBe("one(value: number, digits: number): string");
  expect(second).toBe("or one(value: string): string");
});

it("a name within a call is explained itself, and outside of calls nothing is", async () => {
  expect(await helpAt("add(sh|op.orders.count('a'), 2)")).toContain("const shop");
  expect(await helpAt("ad|d(1, 2)")).toContain("function add");
  expect(await helpAt("const n = 1;|")).toBeUndefined();
  expect(await helpAt("(1 + |2)")).toBeUndefined();
});
