import {
  correlationChart,
  featureDistributionChart,
  type MissingValuesOptions,
  missingValuesChart,
} from "../../charts/index.js";
import type { Format } from "../../table/index.js";
import type { Block } from "../report.js";
import { code, count, date, share } from "./formats.js";
import type { DataQualityInput, FeatureProfile } from "./input.js";

/** Builds the blocks on features: each group, missing values, correlations. */
export function featureBlocks({ features: table, dataset, asOf }: DataQualityInput): Block[] {
  if (!table?.profiles.length) return [];
  const { profiles, customers, correlations } = table;
  const options: MissingValuesOptions = { locale: dataset.locale, currency: dataset.currency, customers, asOf };
  const groups = [...new Set(profiles.map(({ group }) => group))];
  const hasMissing = profiles.some(({ missingShare }) => missingShare > 0);
  return [
    {
      type: "heading",
      level: 2,
      text: "Features",
      lead: {
        markdown:
          "One row per customer, {{customers}} rows and {{features}} numeric features, from what was known at the end of {{asOf}}.",
        values: {
          customers: { value: customers, format: count },
          features: { value: profiles.length, format: count },
          asOf: { value: asOf, format: date },
        },
      },
    },
    ...groups.flatMap((group) => groupBlocks(group, profiles, options)),
    { type: "heading", level: 3, text: "Missing values" },
    hasMissing
      ? { type: "chart", chart: missingValuesChart(profiles, options) }
      : {
          type: "prose",
          markdown: "No missing values in the {{features}} numeric features.",
          values: { features: { value: profiles.length, format: count } },
        },
    ...(correlations && correlations.names.length > 1
      ? [
          {
            type: "heading",
            level: 3,
            text: "Correlations",
            lead: { markdown: "Strongly correlated features add little information to each other." },
          } as const,
          { type: "chart", chart: correlationChart(correlations, options) } as const,
        ]
      : []),
  ];
}

function groupBlocks(group: string, all: readonly FeatureProfile[], options: MissingValuesOptions): Block[] {
  const profiles = all.filter((profile) => profile.group === group);
  const defined = profiles.filter(({ definition }) => definition);
  return [
    { type: "heading", level: 3, text: group },
    {
      type: "chart",
      chart: featureDistributionChart(profiles, {
        ...options,
        title: `Feature distributions: ${group.toLowerCase()}`,
      }),
    },
    {
      type: "table",
      caption: `Features: ${group.toLowerCase()}`,
      download: `features-${group.replace(/\W+/g, "-")}.csv`,
      columns: [
        { name: "Feature", format: code },
        { name: "Unit" },
        ...["Mean", "Minimum", "Lower quarter", "Median", "Upper quarter", "Maximum"].map((name) => ({
          name,
          format: { kind: "number" } as const,
        })),
        { name: "Missing", format: share },
        { name: "Zero", format: share },
      ],
      rows: profiles.map((profile) => {
        const format: Format = { kind: "number", digits: decimalsOf(profile) };
        return [
          profile.name,
          profile.unit,
          { value: profile.mean, format: { kind: "number", digits: Math.max(2, format.digits ?? 0) } },
          ...[profile.min, profile.q1, profile.median, profile.q3, profile.max].map((value) => ({ value, format })),
          profile.missingShare,
          profile.zeroShare,
        ];
      }),
    },
    ...(defined.length
      ? [
          {
            type: "terms",
            terms: defined.map(({ name, definition = "" }) => ({ term: name, meaning: definition })),
          } as const,
        ]
      : []),
  ];
}

/** Whole numbers are written whole, small ones with three digits, the rest with two. */
function decimalsOf({ min, q1, median, q3, max }: FeatureProfile): number {
  const values = [min, q1, median, q3, max].filter((value) => value !== null);
  if (values.every(Number.isInteger) && Math.max(...values.map(Math.abs)) > 1) return 0;
  return values.every((value) => Math.abs(value) <= 1) ? 3 : 2;
}
