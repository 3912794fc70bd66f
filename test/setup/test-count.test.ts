import { expect, test } from "vitest";
import { countTests } from "../../src/setup/test-count.mjs";

const assertion = (status: string) => ({ fullName: `a test that ${status}`, status });

test("tests are counted by what became of them, and skipped ones are named", () => {
  const report = {
    testResults: [
      { name: "a", status: "passed", assertionResults: [assertion("passed"), assertion("pending")] },
      { name: "b", status: "failed", assertionResults: [assertion("passed"), assertion("failed")] },
    ],
  };
  expect(countTests(report)).toEqual({ passed: 2, failed: 1, skipped: ["a test that pending"] });
});

test("where no test may be skipped, one that is counts as failed, and is named", () => {
  const report = {
    testResults: [{ name: "a", status: "passed", assertionResults: [assertion("passed"), assertion("skipped")] }],
  };
  expect(countTests(report, { maySkip: false })).toEqual({ passed: 1, failed: 1, skipped: ["a test that skipped"] });
});

test("a file that could not be run is one failure", () => {
  const report = { testResults: [{ name: "a", status: "failed", assertionResults: [] }] };
  expect(countTests(report)).toEqual({ passed: 0, failed: 1, skipped: [] });
});

test("without a report nothing has run", () => {
  expect(countTests(undefined)).toEqual({ passed: 0, failed: 0, skipped: [] });
});
