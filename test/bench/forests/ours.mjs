// Brier scores of our random forest on the problems of run.mjs. Prints one JSON object like theirs.py.
import { brierScoreLoss } from "rekindle/evaluation";
import { fitRandomForestClassifier } from "rekindle/models";
import { makeForestProblem } from "./problem.mjs";

const { seeds, rows } = JSON.parse(process.argv[2]);
const brier = [];
const means = [];
for (const seed of seeds) {
  const { train, test } = makeForestProblem(seed, rows);
  const forest = await fitRandomForestClassifier(train.X, train.y, { seed });
  const p = forest.predictProba(test.X);
  forest.close();
  brier.push(brierScoreLoss(test.y, p));
  means.push(p.reduce((sum, value) => sum + value, 0) / p.length);
}
process.stdout.write(JSON.stringify({ brier, means }));
