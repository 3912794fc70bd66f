import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stamped, stampOf, stampState, writeFileWhole } from "../../src/setup/install/stamp.mjs";
import { temporaryFolder, writeFiles } from "./temporary-folder.js";

test("a stamp follows the content of its files, not their time", () => {
  const folder = temporaryFolder();
  const files = [join(folder, "a"), join(folder, "b")];
  writeFiles(folder, { a: "one", b: "two" });
  const stamp = stampOf({ files });
  writeFiles(folder, { a: "one" });
  expect(stampOf({ files })).toBe(stamp);
  writeFiles(folder, { a: "ONE" });
  expect(stampOf({ files })).not.toBe(stamp);
});

test("a file that goes, texts that differ and content that moves between files change a stamp", () => {
  const folder = temporaryFolder();
  const files = [join(folder, "a"), join(folder, "b")];
  writeFiles(folder, { a: "12", b: "3" });
  const stamp = stampOf({ files, texts: ["x"] });
  expect(stampOf({ files, texts: ["y"] })).not.toBe(stamp);
  writeFiles(folder, { a: "1", b: "23" });
  expect(stampOf({ files, texts: ["x"] })).not.toBe(stamp);
  writeFiles(folder, { a: "12", b: "" });
  const empty = stampOf({ files });
  rmSync(files[1]!);
  expect(stampOf({ files })).not.toBe(empty);
});

test("a part is missing without its stamp, present with it, stale with another", async () => {
  const path = join(temporaryFolder(), "part", ".stamp");
  expect(stampState(path, "abc")).toBe("missing");
  await stamped(
    path,
    () => "abc",
    async () => {},
  );
  expect(stampState(path, "abc")).toBe("present");
  expect(stampState(path, "abd")).toBe("stale");
});

test("making that fails leaves no stamp, not even the old one", async () => {
  const path = join(temporaryFolder(), ".stamp");
  writeFileSync(path, "old\n");
  const making = stamped(
    path,
    () => "new",
    async () => {
      expect(existsSync(path)).toBe(false);
      throw new Error("no network");
    },
  );
  await expect(making).rejects.toThrow("no network");
  expect(stampState(path, "old")).toBe("missing");
});

test("a file is written whole, its folder made, and no temporary name stays", () => {
  const folder = temporaryFolder();
  writeFileWhole(join(folder, "deep", "file.json"), "{}\n");
  expect(readFileSync(join(folder, "deep", "file.json"), "utf8")).toBe("{}\n");
  expect(existsSync(join(folder, "deep", `file.json.${process.pid}.tmp`))).toBe(false);
});
