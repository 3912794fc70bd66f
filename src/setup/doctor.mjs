import { diagnose, isComplete } from "./install/diagnosis.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";

main(async () => {
  const unknown = process.argv.slice(2).find((argument) => argument !== "--json");
  if (unknown !== undefined) {
    process.stderr.write(`Cannot run doctor: "${unknown}" is unknown; the only option is --json\n`);
    return 2;
  }
  const findings = await diagnose(placesAt());
  const complete = isComplete(findings);
  const json = process.argv.includes("--json");
  process.stdout.write(json ? `${JSON.stringify({ complete, findings })}\n` : tableOf(findings, complete));
  return complete ? 0 : 1;
});

const MARKS = { missing: "✗", stale: "~" };

/**
 * @param {readonly import("./install/diagnosis.mjs").Finding[]} findings
 * @param {boolean} complete
 */
function tableOf(findings, complete) {
  const rows = findings.map(({ part, state, required, detail, remedy }) => [
    state === "present" ? "✓" : required ? MARKS[state] : "-",
    part,
    required || state === "present" ? state : `${state} (optional)`,
    detail,
    remedy ?? "",
  ]);
  const table = [[" ", "part", "state", "detail", "fix"], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join("  ")
      .trimEnd(),
  );
  const stale = findings.some(({ state, required }) => required && state === "stale");
  const renewed = stale ? "; npm start updates stale parts" : "";
  const verdict = complete
    ? `All required parts are installed${renewed}`
    : "Required parts are missing; npm start installs them";
  return `${lines.join("\n")}\n\n${verdict}\n`;
}
