import { type FeatureDefinition, featureGroupTitles } from "./catalogue.js";

/**
 * Renders the catalogue as the README of this folder, in Markdown: one table per group.
 *
 * @example
 * renderCatalogue(featureCatalogue).startsWith("# Features"); // true
 */
export function renderCatalogue(catalogue: readonly FeatureDefinition[]): string {
  const groups = [...new Set(catalogue.map(({ group }) => group))];
  const sections = groups.map((group) => {
    const rows = catalogue
      .filter((feature) => feature.group === group)
      .map(({ name, unit, definition, needs }) => [code(name), unit, definition, needs.map(code).join(", ")]);
    return `## ${featureGroupTitles[group]}

SQL: [sql/${group}.sql](sql/${group}.sql)

${table([["feature", "unit", "definition", "needs"], ...rows])}
`;
  });
  return `${introduction}\n${sections.join("\n")}`;
}

/** A Markdown table whose columns stand below one another in the source, too. */
function table([head, ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((_, j) => Math.max(...[head, ...rows].map((row) => row[j].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, j) => cell.padEnd(widths[j])).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

const introduction = `# Features

<!-- Made from catalogue.ts: UPDATE=1 npx vitest run test/features/readme.test.ts -->

One row per customer and day \`as_of\`, for every customer with an order by then. A day counts to its end in the
dataset's time zone; differences of days are of calendar days; the last n days are \`as_of\` - n + 1 to \`as_of\`.
Money is in the dataset's currency. A feature whose tables or columns a dataset lacks is left out and listed.

- A name that ends in \`<category>\` stands for one column per category of the dataset's settings.
- Returns: under the policy \`drop\` money ignores them; under \`net\` it is less what came back by \`as_of\`. Amounts of
  single orders, lines and categories are before returns under either.
- Demographics carry no date: they are what the dataset says on the day of its export, at earlier cuts too.
- Protected attributes (\`race_white\`, \`gender\`, \`birth_year\` unless the settings name others) are stored apart and are
  never features.
- Each group is one SQL file over the relations \`seen_orders\`, \`seen_lines\`, \`seen_returns\`, \`seen_contacts\`,
  \`seen_money\`, \`seen_demographics\` and \`seen_customers\`: one copy of the past per \`as_of\`. Groups of your own go into
  a folder of such files, \`--feature-dir\`: each gives \`customer_id\`, \`as_of\` and its columns, one row per row of
  \`seen_customers\`. A group is refused if it reads labels or anything else that it must not see, and if it changes when
  only the future does. It cannot read files, and is stopped after \`--statement-limit\` seconds
  ([What SQL may do](../../docs/data-mapping.md#what-sql-may-do)).
`;

function code(text: string): string {
  return `\`${text}\``;
}
