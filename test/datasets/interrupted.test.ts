import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cleanDataset } from "../../src/cleaning/index.js";
import { resolveDataset } from "../../src/datasets/index.js";
import { compileSources } from "./compiled-sources.js";
import { filesOf, useBench } from "./support.js";

const small = "customer_id,order_id,ordered_at,amount\na,1,2024-01-01,1\nb,2,2024-01-02,2\n";
// Amounts and names that no compression makes small.
const large = () => {
  let state = 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647);
  const rows = Array.from(
    { length: 80_000 },
    (_, i) => `c${next() % 9000},${i},2024-01-0${1 + (i % 9)},${next() % 99_999},${next()}${next()}`,
  );
  return `customer_id,order_id,ordered_at,amount,product_id\n${rows.join("\n")}\n`;
};

describe("an import or a cleaning that does not come to its end", { timeout: 180_000 }, () => {
  const bench = useBench();
  let compiled = "";
  const children: ChildProcess[] = [];
  beforeAll(() => {
    compiled = compileSources();
  });
  afterAll(() => rmSync(compiled, { recursive: true, force: true }));
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  /** A script that imports `from`, and cleans what is imported, in the bench's workspace. */
  const script = (from: string, steps: readonly ("add" | "clean")[]) => {
    const path = join(compiled, "run.mjs");
    writeFileSync(
      path,
      `import { join } from "node:path";
import { addDataset, resolveDataset } from "./dist/datasets/index.js";
import { cleanDataset } from "./dist/cleaning/index.js";
import { openDuckDb } from "./dist/engine/index.js";
import { workspaceAt } from "./dist/storage/index.js";
const workspace = workspaceAt(${JSON.stringify(bench.workspace.home)});
const engine = await openDuckDb();
try {
  for (const step of ${JSON.stringify(steps)}) {
    console.log("begin " + step);
    if (step === "add") await addDataset(engine, { workspace }, { name: "shop", from: ${JSON.stringify(from)}, now: new Date() });
    else {
      const { provenance, rawFolder, processedFolder } = await resolveDataset(workspace, "shop");
      await cleanDataset(engine, provenance, { rawFolder, folder: processedFolder });
    }
  }
  console.log("done");
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
`,
    );
    return path;
  };
  const rawFolder = () => join(bench.workspace.rawDatasets, "shop");
  const processedFolder = () => join(bench.workspace.processedDatasets, "shop");
  const importSmall = async () => {
    await bench.add({ from: bench.write("small.csv", small) });
    const resolved = await resolveDataset(bench.workspace, "shop");
    await cleanDataset(bench.engine, resolved.provenance, {
      rawFolder: resolved.rawFolder,
      folder: resolved.processedFolder,
    });
  };

  it("keeps the earlier import and says one clear line when the disk is full", async () => {
    await importSmall();
    const before = filesOf(rawFolder());
    const run = script(bench.write("large.csv", large()), ["add"]);
    // Every file may grow to 512 KiB; the signal is ignored, so that writing fails as on a full disk.
    const limited = `trap '' XFSZ; ulimit -f 512; exec "${process.execPath}" "${run}"`;
    const { status, stderr, stdout } = spawnSync("bash", ["-c", limited], { encoding: "utf8" });
    expect(stdout).toBe("begin add\n");
    expect(status).toBe(1);
    expect(stderr.trim()).toMatch(/^Cannot [^\n]*(File too large|too large|No space)[^\n]*$/i);
    expect(filesOf(rawFolder())).toEqual(before);
    expect(bench.leftovers()).toEqual(["shop"]);
  });

  for (const step of ["add", "clean"] as const) {
    it(`keeps the earlier ${step === "add" ? "import" : "tables"} when it is killed, and the next run sweeps and works`, async () => {
      await importSmall();
      const target = step === "add" ? rawFolder() : processedFolder();
      const parent = join(target, "..");
      const from = bench.write("large.csv", large());
      if (step === "clean") await bench.add({ from });
      const before = filesOf(target);
      const child = spawn(process.execPath, [script(from, [step])], { stdio: ["ignore", "pipe", "inherit"] });
      children.push(child);
      const ended = new Promise((resolve) => child.once("exit", (_, signal) => resolve(signal)));
      while (!temporaryFiles(parent).length) await sleep(2);
      child.kill("SIGKILL");
      expect(await ended).toBe("SIGKILL");
      expect(temporaryFiles(parent).length).toBeGreaterThan(0);
      expect(filesOf(target)).toEqual(before);

      const { status, stdout } = spawnSync(process.execPath, [script(from, ["add", "clean"])], { encoding: "utf8" });
      expect([status, stdout]).toEqual([0, "begin add\nbegin clean\ndone\n"]);
      expect(readdirSync(parent)).toEqual(["shop"]);
      expect((await resolveDataset(bench.workspace, "shop")).provenance.tables["lines"].rows).toBe(80_000);
    });
  }

  it("brings the earlier import back if the kill fell between the two renames", async () => {
    await importSmall();
    const before = filesOf(rawFolder());
    renameSync(rawFolder(), `${rawFolder()}.old`);
    expect((await resolveDataset(bench.workspace, "shop")).provenance.tables["lines"].rows).toBe(2);
    expect(existsSync(`${rawFolder()}.old`)).toBe(false);
    expect(filesOf(rawFolder())).toEqual(before);
  });
});

/** Files in the temporary folders below `parent`. */
function temporaryFiles(parent: string): string[] {
  const folders = readdirSync(parent).filter((name) => name.endsWith(".tmp"));
  return folders.flatMap((name) => {
    try {
      return readdirSync(join(parent, name));
    } catch {
      return []; // It took its target's place just now.
    }
  });
}
