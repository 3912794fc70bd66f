import { expect, test } from "vitest";
import { searchProgress } from "../../src/progress/index.js";

const steps = [
  { note: "K = 3, silhouette 0.307", done: 1, total: 2, at: 1500 },
  { note: "K = 4, silhouette 0.317", done: 2, total: 2, at: 3700 },
];

/** Lines that are written and drawn while two candidates are tried. */
function reported(hasTerminal: boolean) {
  let time = 0;
  const [said, drawn]: [string[], [string, boolean][]] = [[], []];
  const report = searchProgress("  Clusters", {
    say: (line) => said.push(line),
    ...(hasTerminal ? { draw: (line: string, isLast: boolean) => drawn.push([line, isLast]) } : {}),
    now: () => new Date(time),
  });
  for (const { at, ...progress } of steps) {
    time = at;
    report(progress);
  }
  return { said, drawn };
}

test("searchProgress: one bar where a line can be redrawn", () => {
  expect(reported(true)).toEqual({
    said: [],
    drawn: [
      [`  Clusters ${"█".repeat(12)}${"░".repeat(12)} 1/2, 1.5 s left, K = 3, silhouette 0.307`, false],
      [`  Clusters ${"█".repeat(24)} 2/2, in 3.7 s, K = 4, silhouette 0.317`, true],
    ],
  });
});

test("searchProgress: elsewhere a line for each candidate, with its own seconds", () => {
  expect(reported(false)).toEqual({
    said: ["K = 3, silhouette 0.307, tried in 1.5 s", "K = 4, silhouette 0.317, tried in 2.2 s"],
    drawn: [],
  });
});
