import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { repository, requireBuilt } from "../e2e/rekindle.js";
import { temporaryFolder } from "../setup/temporary-folder.js";

/** Copies the built repository. Its program that rebuilds prints what it is asked to run. */
function copyOfCheckout(): string {
  requireBuilt();
  const copy = temporaryFolder();
  for (const name of ["dist", "src", "package.json", "tsconfig.json"]) {
    cpSync(join(repository, name), join(copy, name), { recursive: true, preserveTimestamps: true });
  }
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  mkdirSync(join(copy, ".git"));
  const program = 'console.log("rebuilds and runs " + process.argv.slice(2).join(" "));';
  writeFileSync(join(copy, "src", "setup", "run.mjs"), program);
  return copy;
}

function answerOf(copy: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(copy, "dist", "cli", "bin.js"), ...args], {
    cwd: copy,
    encoding: "utf8",
  });
}

test("the command line rebuilds before it runs if a source was changed, added or removed since its build", () => {
  const copy = copyOfCheckout();
  const version = answerOf(copy, "--version");
  expect(version).toMatch(/^\d+\.\d+\.\d+/);
  const source = join(copy, "src", "errors.ts");
  const now = new Date();
  utimesSync(source, now, now);
  // Touched, but the same.
  expect(answerOf(copy, "--version")).toBe(version);
  writeFileSync(source, "export {};\n");
  expect(answerOf(copy, "data", "list")).toBe("rebuilds and runs data list\n");
  cpSync(join(repository, "src", "errors.ts"), source);
  expect(answerOf(copy, "--version")).toBe(version);
  const added = join(copy, "src", "added.ts");
  writeFileSync(added, "export {};\n");
  expect(answerOf(copy, "--version")).toBe("rebuilds and runs --version\n");
  rmSync(added);
  expect(answerOf(copy, "--version")).toBe(version);
  rmSync(source);
  expect(answerOf(copy, "--version")).toBe("rebuilds and runs --version\n");
}, 60_000);

test("an installed package, which is not a checkout, is never rebuilt", () => {
  const copy = copyOfCheckout();
  writeFileSync(join(copy, "src", "added.ts"), "export {};\n");
  expect(answerOf(copy, "--version")).toMatch(/^rebuilds/);
  rmSync(join(copy, ".git"), { recursive: true });
  expect(answerOf(copy, "--version")).toMatch(/^\d+\.\d+\.\d+/);
}, 60_000);
