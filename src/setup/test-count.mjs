/**
 * Vitest's JSON report, the fields used here.
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
 * Counts passed, failed and skipped tests. A file that fails to run counts as one failure.
 *
 * @param {VitestReport | undefined} report Undefined if Vitest wrote none.
 * @param {{ maySkip?: boolean }} [options] False counts skipped tests as failed; defaults to true.
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
