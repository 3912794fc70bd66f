import { expect, test } from "vitest";
import { tellClusterCounts } from "../../../src/pipeline/segments/tell-cluster-counts.js";

const steps = [
  { k: 3, silhouette: 0.30714, done: 1, total: 2, at: 1500 },
  { k: 4, silhouette: 0.31672, done: 2, total: 2, at: 3700 },
];

/** What is said and drawn while two numbers of clusters are tried. */
function told(hasTerminal: boolean) {
  let time = 0;
  const [said, drawn]: [string[], [string, boolean][]] = [[], []];
  const tell = tellClusterCounts({
    say: (line) => said.push(line),
    ...(hasTerminal ? { draw: (line: string, isLast: boolean) => drawn.push([line, isLast]) } : {}),
    now: () => new Date(time),
  });
  for (const { at, ...progress } of steps) {
    time = at;
    tell(progress);
  }
  return { said, drawn };
}

test("on a terminal the search for a number of clusters is one bar", () => {
  expect(told(true)).toEqual({
    said: [],
    drawn: [
      [`  Clusters ${"█".repeat(12)}${"░".repeat(12)} 1/2, 1.5 s left, K = 3, silhouette 0.307`, false],
      [`  Clusters ${"█".repeat(24)} 2/2, in 3.7 s, K = 4, silhouette 0.317`, true],
    ],
  });
});

test("in a log it is a line for each number, with its own seconds", () => {
  expect(told(false)).toEqual({
    said: ["  K = 3, silhouette 0.307, tried in 1.5 s", "  K = 4, silhouette 0.317, tried in 2.2 s"],
    drawn: [],
  });
});
