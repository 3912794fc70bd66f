import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { openDuckDb, quotedText } from "../../src/engine/index.js";
import { makeZip } from "../datasets/make-zip.js";
import { fakeEffects } from "./fake-effects.js";

interface Printed {
  readonly name: string;
  readonly sources: readonly { readonly profile: { readonly columns: readonly { readonly name: string }[] } }[];
}

/** Runs a command that imports a dataset, and returns what it prints with the ids of the customers it imported. */
async function importing(
  args: readonly string[],
  table: string,
): Promise<{ printed: Printed; text: string; ids: string[] }> {
  const home = mkdtempSync(join(tmpdir(), "rekindle-json-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const effects = fakeEffects({ env: { REKINDLE_HOME: home } });
  await main([...args, "--json"], effects);
  const text = effects.said.out;
  const printed = JSON.parse(text) as Printed;
  const engine = await openDuckDb({ threads: 1 });
  const path = join(home, "datasets", "raw", printed.name, `${table}.parquet`);
  const sql = `SELECT DISTINCT customer_id FROM read_parquet(${quotedText(path)}) WHERE customer_id IS NOT NULL`;
  const rows = await engine.rows(sql).finally(() => engine.close());
  return { printed, text: text + effects.said.err, ids: rows.map((row) => String(row["customer_id"])) };
}

/** The range of a column in what was printed. */
function columnOf({ sources }: Printed, name: string) {
  return sources.flatMap(({ profile }) => profile.columns).find((column) => column.name === name);
}

const idsIn = (text: string, ids: readonly string[]) => ids.filter((id) => new RegExp(`\\b${id}\\b`).test(text));

test("data make --json names no customer", async () => {
  const { text, ids } = await importing(["data", "make", "demo", "--customers", "30"], "customers");
  expect(ids).toHaveLength(30);
  expect(idsIn(text, ids)).toEqual([]);
});

test("data fetch --json masks the range of the customers, and gives it no sum", async () => {
  const lines = ["70717 19970101 1 11.77", "81818 19970112 2 30.00", "92929 19970228 1 9.00"].join("\n");
  const archive = makeZip({ "CDNOW_master.txt": Buffer.from(`${lines}\n`) });
  const server = createServer((_, response) => response.end(archive));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cdnow.zip`;
  const { printed, text, ids } = await importing(["data", "fetch", "cdnow", "--archive", address], "lines");
  expect([...ids].sort()).toEqual(["70717", "81818", "92929"]);
  expect(idsIn(text, ids)).toEqual([]);
  expect(columnOf(printed, "customer_id")).toEqual({
    ...{ name: "customer_id", empty: 0, distinct: 3, min: "7…7", max: "9…9" },
  });
  // Figures that are about no person stay.
  expect(columnOf(printed, "dollar_value")).toMatchObject({ min: 9, max: 30 });
});

test("data add --json masks e-mail addresses in ranges, notes and dropped rows", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rekindle-mails-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, "orders.csv"),
    "mail,day,price\nanna@example.com,2024-01-01,5\nbert@example.com,2024-01-02,carl@example.com\nzoe@example.com,2024-01-03,7\n",
  );
  const orders = { file: "orders.csv", columns: { customer_id: "mail", ordered_at: "day", amount: "price" } };
  writeFileSync(join(folder, "shop.mapping.json"), JSON.stringify({ orders }));
  const files = ["--from", folder, "--mapping", join(folder, "shop.mapping.json"), "--on-error", "drop"];
  const { printed, text, ids } = await importing(["data", "add", "shop", ...files], "lines");
  expect(ids).toHaveLength(2);
  expect(text).not.toMatch(/(?:anna|bert|carl|zoe)@/);
  expect(columnOf(printed, "mail")).toMatchObject({ min: "a…m", max: "z…m" });
});
