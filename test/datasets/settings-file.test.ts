import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addDataset, resolveDataset } from "../../src/datasets/index.js";
import { openDuckDb } from "../../src/engine/index.js";
import { workspaceAt } from "../../src/storage/index.js";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "rekindle-settings-"));
  await writeFile(join(home, "orders.csv"), "order_id,customer_id,ordered_at,amount\n1,a,2025-01-01,10\n");
});
afterEach(() => rm(home, { recursive: true, force: true }));

const path = () => join(home, "datasets", "shop", "settings.json");
const read = async () => JSON.parse(await readFile(path(), "utf8"));
const settingsNow = async () => (await resolveDataset(workspaceAt(home), "shop")).provenance.settings;

async function add(settings: object = {}) {
  const columns = { order_id: "order_id", customer_id: "customer_id", ordered_at: "ordered_at", amount: "amount" };
  const mapping = { orders: { file: "orders.csv", columns }, settings };
  await writeFile(join(home, "mapping.json"), JSON.stringify(mapping));
  const engine = await openDuckDb({ threads: 1 });
  try {
    return await addDataset(
      engine,
      { workspace: workspaceAt(home) },
      {
        name: "shop",
        from: join(home, "orders.csv"),
        mappingPath: join(home, "mapping.json"),
        now: new Date("2026-01-01"),
      },
    );
  } finally {
    engine.close();
  }
}

test("settings file: written by the import with every default, and read when the dataset is opened", async () => {
  await add({ currency: "USD" });
  expect(await read()).toMatchObject({ currency: "USD", strategy: { horizon_days: 90 } });
  await writeFile(path(), JSON.stringify({ ...(await read()), locale: "de-DE" }));
  expect(await settingsNow()).toMatchObject({ currency: "USD", locale: "de-DE" });
});

test("settings file: another import replaces one that was not edited", async () => {
  await add({ currency: "USD" });
  const { notes } = await add({ currency: "GBP" });
  expect([(await read()).currency, notes]).toEqual([
    "GBP",
    expect.not.arrayContaining([expect.stringMatching(/edited/)]),
  ]);
});

test("settings file: another import keeps an edited one and says so", async () => {
  await add({ currency: "USD" });
  await writeFile(path(), JSON.stringify({ currency: "CHF" }));
  const { notes } = await add({ currency: "GBP" });
  expect((await settingsNow()).currency).toBe("CHF");
  expect(notes).toContainEqual(expect.stringMatching(/settings\.json" was edited and is kept/));
});

test.each([
  ["{", /Cannot read ".*settings\.json": not valid JSON \(/],
  ["", /Cannot read ".*settings\.json": not valid JSON \(Unexpected end of JSON input\)$/],
  [
    '{"strategy": {"horizon_days": 1e308}}',
    /"settings\.strategy\.horizon_days" is 1e\+308; expected a whole number from 1 to 36500/,
  ],
  [
    '{"curency": "EUR"}',
    /Cannot read ".*settings\.json": "settings" has an unknown key "curency"; did you mean "currency"\?/,
  ],
  ['{"strategy": {"margin": 30}}', /"settings\.strategy\.margin" is 30; expected a share in \[0, 1\]/],
  ['{"timezone": "Asia/Tokyo"}', /time zone Asia\/Tokyo, but it was imported as UTC; set it in the mapping/],
])("settings file: %s is refused with one clear line", async (text, message) => {
  await add();
  await writeFile(path(), text);
  await expect(settingsNow()).rejects.toThrow(message);
});
