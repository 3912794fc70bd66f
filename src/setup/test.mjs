import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./child.mjs";
import { install } from "./install/installation.mjs";
import { isOn } from "./is-on.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";
import { createProgress } from "./progress.mjs";
import { countTests } from "./test-count.mjs";

main(async (signal) => {
  const places = placesAt();
  const data = process.env["REKINDLE_DATA"] || join(places.home, "..", "shared", "datasets");
  const hasData = existsSync(data);
  if (!hasData && isOn("CI")) {
    return fail("Cannot test: the real datasets were not found; set REKINDLE_DATA or add ../shared/datasets");
  }
  const progress = createProgress();
  try {
    await install(places, { progress, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return fail(error instanceof Error ? error.message : String(error));
  }
  const checks = await Promise.all([
    check("types", "node", [join("node_modules", "typescript", "bin", "tsc"), "--noEmit", "-p", "tsconfig.json"]),
    check("lint", join("node_modules", ".bin", "biome"), ["check", "."]),
  ]);

  const folder = mkdtempSync(join(tmpdir(), "rekindle-test-"));
  try {
    const report = join(folder, "vitest.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const vitest = [join("node_modules", "vitest", "vitest.mjs"), "run", ...reporters, ...process.argv.slice(2)];
    const env = { ...process.env, ...(hasData && { REKINDLE_DATA: data }) };
    const { code } = await run("node", vitest, { cwd: places.home, env, inherit: true, signal });
    signal.throwIfAborted();
    const maySkip = !isOn("CI");
    const count = countTests(existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined, { maySkip });
    if (!hasData) progress.print("\nNo real datasets in REKINDLE_DATA or ../shared/datasets; their tests are skipped");
    for (const name of count.skipped)
      progress.print(`  ${maySkip ? "skipped" : "✗ skipped, which CI counts as failed"}: ${name}`);
    const passed = count.passed + checks.filter(Boolean).length;
    // A failure outside tests, such as an unhandled rejection, shows only in the exit code.
    const failed = Math.max(count.failed, code === 0 ? 0 : 1) + checks.filter((ok) => !ok).length;
    if (count.passed + count.failed === 0) progress.print("\nNo test ran");
    progress.print(`\n${progress.summary()}\n\n${passed} passed, ${failed} failed`);
    return failed === 0 && count.passed > 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }

  /**
   * @param {string} label
   * @param {string} command
   * @param {readonly string[]} args
   */
  function check(label, command, args) {
    return progress.step(label, async (say) => {
      const { code, output } = await run(command, args, { cwd: places.home, signal });
      say(code === 0 ? "passed" : "failed");
      if (code !== 0) progress.print(output.trimEnd());
      return code === 0;
    });
  }
});

/** @param {string} why */
function fail(why) {
  process.stderr.write(`${why}\n`);
  process.stdout.write("\n0 passed, 1 failed\n");
  return 1;
}
