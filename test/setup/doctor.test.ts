import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../../src/setup/child.mjs";
import type { Finding } from "../../src/setup/install/diagnosis.mjs";
import { isComplete } from "../../src/setup/install/diagnosis.mjs";
import { temporaryFolder } from "./temporary-folder.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

async function doctorIn(home: string, ...args: string[]) {
  return run(process.execPath, [join(home, "src", "setup", "doctor.mjs"), ...args], { cwd: home });
}

/** What a clone holds before anything is installed, as far as the doctor looks. */
function bareCopy(name = "clone"): string {
  const home = join(temporaryFolder(), name);
  cpSync(join(ROOT, "src"), join(home, "src"), { recursive: true });
  for (const file of ["package.json", "package-lock.json", "tsconfig.json"]) cpSync(join(ROOT, file), join(home, file));
  return home;
}

test("in a bare copy the doctor lists missing parts with the command that fixes them, and exits with 1", async () => {
  const { code, output } = await doctorIn(bareCopy(), "--json");
  expect(code).toBe(1);
  const { complete, findings }: { complete: boolean; findings: Finding[] } = JSON.parse(output);
  expect(complete).toBe(false);
  const missing = findings.filter(({ state, required }) => required && state === "missing");
  expect(missing.map(({ part, remedy }) => [part, remedy])).toEqual([
    ["node modules", "npm run setup"],
    [".venv", "npm run setup"],
    ["build", "npm run build"],
    ["kernel", "npm run setup"],
  ]);
  const present = findings.filter(({ state }) => state === "present").map(({ part }) => part);
  expect(present).toEqual(expect.arrayContaining(["node", "npm", "python"]));
  expect(findings.map(({ part }) => part)).toEqual(
    expect.arrayContaining(["MLflow server", "demo data", "chromium", "libgomp1"]),
  );
  for (const { state, remedy } of findings) expect(remedy === null).toBe(state === "present");
});

test("the table names every part once, with its remedy", async () => {
  const { code, output } = await doctorIn(bareCopy());
  expect(code).toBe(1);
  expect(output).toMatch(/^✗ {2}node modules {2,}missing .*npm run setup$/m);
  expect(output).toContain("Required parts are missing");
});

test("in a folder with a blank in its name the doctor is found too", async () => {
  const home = bareCopy("my clone");
  const program = join(home, "src", "setup", "run.mjs");
  const { code, output } = await run(process.execPath, [program, "doctor", "--json"], { cwd: home });
  expect({ code, complete: JSON.parse(output || "{}").complete }).toEqual({ code: 1, complete: false });
});

test("an option that it does not know ends the doctor with 2", async () => {
  const { code, output } = await doctorIn(ROOT, "--jsn");
  expect({ code, output }).toEqual({
    code: 2,
    output: 'Cannot run doctor: "--jsn" is unknown; the only option is --json\n',
  });
});

test("an installation with stale parts is complete, with an old prerequisite it is not", () => {
  const finding = (part: string, state: Finding["state"], required = true): Finding => ({
    part,
    state,
    required,
    detail: "",
    remedy: null,
  });
  expect(isComplete([finding("build", "stale"), finding("chromium", "missing", false)])).toBe(true);
  expect(isComplete([finding("build", "missing")])).toBe(false);
  expect(isComplete([finding("python", "stale")])).toBe(false);
});

test("the doctor names what a killed run left beside results, and what to do", async () => {
  const home = bareCopy();
  const ended = await run("sh", ["-c", "echo $$"]);
  const folders = [
    "artifacts/demo/segments.old",
    "artifacts/demo/features",
    "artifacts/demo/features.old",
    `artifacts/demo/experiments/test/plan.${ended.output.trim()}-0123abcd.tmp`,
    `reports/demo.${process.pid}-0123abcd.tmp`,
  ];
  for (const folder of folders) mkdirSync(join(home, folder), { recursive: true });
  const { output } = await doctorIn(home, "--json");
  const { findings }: { findings: Finding[] } = JSON.parse(output);
  const found = findings.filter(({ part }) => part === "leftover");
  expect(found.map(({ detail, remedy }) => [detail, remedy]).sort()).toEqual(
    [
      [`${folders[3]}: from a run that was killed`, "repeat the run, or delete it"],
      [`${folders[2]}: from a run that was killed`, "repeat the run, or delete it"],
      [`${folders[0]}: the last result of a run that was killed`, "repeat the run, which restores it"],
    ].sort(),
  );
  expect(found.every(({ required }) => !required)).toBe(true);
});

test("a contact key that others can read is named with the chmod to run; a private one is not", async () => {
  const home = bareCopy();
  const path = join(home, "datasets", "processed", ".contact-key");
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, "x".repeat(64));
  const found = async (mode: number) => {
    chmodSync(path, mode);
    const { findings }: { findings: Finding[] } = JSON.parse((await doctorIn(home, "--json")).output);
    return findings.filter(({ part }) => part === "contact key").map(({ detail, remedy }) => [detail, remedy]);
  };
  expect(await found(0o644)).toEqual([[`${path}: others can read it (mode 644)`, `chmod 600 "${path}"`]]);
  expect(await found(0o600)).toEqual([]);
});
