/**
 * The part of Vitest's JSON report that is read here.
 *
 * @typedef {Readonly<{
 *   testResults: readonly Readonly<{
 *     name: string,
 *     status: string,
 *     assertionResults: readonly Readonly<{ fullName: string, status: string }>[],
 *   }>[],
 * }>} VitestReport
 */

/**
 * Counts passed, failed and skipped tests. A file that could not be run counts as one failure.
 *
 * @param {VitestReport | undefined} report None if Vitest wrote none, which counts as nothing run.
 * @param {{ maySkip?: boolean }} [options] Whether a test may be skipped, or counts as failed too; defaults to true.
 * @returns {{ passed: number, failed: number, skipped: readonly string[] }}
 */
export function countTests(report, { maySkip = true } = {}) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const brokenFiles = files.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some(({ status }) => status === "failed"),
  );
  const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
  return {
    passed: tests.filter(({ status }) => status === "passed").length,
    failed:
      tests.filter(({ status }) => status === "failed").length + brokenFiles.length + (maySkip ? 0 : skipped.length),
    skipped: skipped.map(({ fullName }) => fullName),
  };
}
