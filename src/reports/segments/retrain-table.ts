import type { RetrainVerdict } from "../../segmentation/index.js";
import { type Conventions, createTable, type DataTable, numberTexts } from "../../table/index.js";
import { retrainRuleInWords } from "../wording/retrain-verdict.js";

/**
 * Tabulates the rules on refitting clusters, with what each found.
 *
 * @param conventions For findings, and for display in notebooks.
 */
export function retrainTable(
  { rules }: Pick<RetrainVerdict, "rules">,
  conventions: Partial<Conventions> = {},
): DataTable {
  const texts = numberTexts(conventions);
  return createTable(
    {
      caption: "Rules on refitting clusters",
      columns: [
        { name: "rule", title: "Rule" },
        { name: "fired", title: "Refit" },
        { name: "finding", title: "Finding" },
      ],
      rows: rules.map((rule) => [rule.rule, rule.fired ? "yes" : "no", retrainRuleInWords(rule, texts)]),
    },
    conventions,
  );
}
