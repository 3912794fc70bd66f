import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeDemo } from "../../src/datasets/demo/index.js";
import { demoMapping, demoSettings } from "../../src/datasets/demo/mapping.js";
import { dataFiles, makeHome, mustRun } from "./rekindle.js";

const asOf = "2025-03-31";
let home: string;

beforeAll(async () => {
  home = makeHome();
  const whole = join(home, "whole-files");
  await writeDemo(whole, { customers: 400, seed: 11 });
  cutFiles(whole, join(home, "cut-files"));
  const mapping = join(home, "demo.mapping.json");
  const { default_as_of, ...settings } = demoSettings;
  writeFileSync(mapping, JSON.stringify({ ...demoMapping, settings }));
  for (const name of ["whole", "cut"]) {
    await mustRun(["data", "add", name, "--from", join(home, `${name}-files`), "--mapping", mapping, "--quiet"], {
      home,
    });
    await mustRun(["clean", "--dataset", name, "--no-tracking", "--quiet"], { home });
  }
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Copies the demo's files as they would have stood at the end of `asOf`. */
function cutFiles(from: string, to: string): void {
  mkdirSync(to);
  for (const name of ["customers.csv", "products.csv", "stores.csv", "promotions.csv"]) {
    cpSync(join(from, name), join(to, name));
  }
  const rows = (name: string) => readFileSync(join(from, name), "utf8").trimEnd().split("\n");
  const [header, ...lines] = rows("transactions.csv");
  const column = header.split(",").indexOf("ordered_at");
  const known = lines.filter((line) => dayOf(line.split(",")[column]) <= asOf);
  // Enough on both sides, or the test could not fail.
  expect(known.length).toBeGreaterThan(2000);
  expect(lines.length - known.length).toBeGreaterThan(1000);
  writeFileSync(join(to, "transactions.csv"), `${[header, ...known].join("\n")}\n`);

  const [contactHeader, ...contacts] = rows("contacts.csv");
  const names = contactHeader.split(",");
  const [sentAt, redeemedAt, orderId] = ["sent_at", "redeemed_at", "order_id"].map((name) => names.indexOf(name));
  const sent = contacts
    .map((line) => line.split(","))
    .filter((cells) => dayOf(cells[sentAt]) <= asOf)
    .map((cells) => {
      const isLater = cells[redeemedAt] !== "" && dayOf(cells[redeemedAt]) > asOf;
      return cells.map((cell, i) => (isLater && (i === redeemedAt || i === orderId) ? "" : cell)).join(",");
    });
  writeFileSync(join(to, "contacts.csv"), `${[contactHeader, ...sent].join("\n")}\n`);
}

/** The day of one of the three forms that the demo writes. */
function dayOf(text: string): string {
  const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})/.exec(text) ?? [];
  return year ? `${year}-${month}-${day}` : text.slice(0, 10).replaceAll("/", "-");
}

test.each(["drop", "net"])("an earlier day sees what a file without later rows shows: returns %s", async (returns) => {
  for (const name of ["whole", "cut"]) {
    const args = ["features", "--dataset", name, "--as-of", asOf, "--returns", returns, "--no-tracking", "--quiet"];
    await mustRun(args, { home });
  }
  const files = (name: string) => dataFiles(join(home, "artifacts", name, "features"));
  expect(Object.keys(await files("cut"))).toEqual([
    "btyd_summary.parquet",
    "feature_store.csv",
    "feature_store.parquet",
    "labels.parquet",
  ]);
  const store = (name: string) => readFileSync(join(home, "artifacts", name, "features", "feature_store.csv"), "utf8");
  expect(store("whole").split("\n").length).toBeGreaterThan(300);
  expect(store("whole")).toBe(store("cut"));
  expect(await files("whole")).toEqual(await files("cut"));
});

test("segments of an earlier day are those of a file without later rows", async () => {
  for (const name of ["whole", "cut"]) {
    await mustRun(["segment", "--dataset", name, "--as-of", asOf, "--no-figures", "--no-tracking", "--quiet"], {
      home,
    });
  }
  const folder = (name: string) => join(home, "artifacts", name, "segments");
  const files = readdirSync(folder("cut")).filter(
    (file) => /\.(csv|json|parquet)$/.test(file) && file !== "manifest.json",
  );
  const expected = ["migration.csv", "movers.csv", "segment_assignments.parquet", "segmentation_model.json"];
  expect(files).toEqual(expect.arrayContaining(expected));
  for (const file of files) {
    const content = (name: string) =>
      readFileSync(join(folder(name), file), "latin1").replaceAll(`"${name}"`, '"shop"');
    expect(content("whole") === content("cut"), file).toBe(true);
  }
});

test("a day later sees more", async () => {
  const args = ["features", "--dataset", "whole", "--as-of", "2025-04-15", "--no-tracking", "--quiet"];
  await mustRun([...args, "--out", join(home, "later")], { home });
  const hashes = [join(home, "later"), join(home, "artifacts", "cut")].map((folder) =>
    dataFiles(join(folder, "features")),
  );
  const [later, cut] = await Promise.all(hashes);
  expect(later["feature_store.csv"]).not.toBe(cut["feature_store.csv"]);
});
