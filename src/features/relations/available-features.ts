import type { TrustedDataset } from "../../datasets/index.js";
import { nearest } from "../../errors.js";
import { categorySlug, featureCatalogue } from "../catalogue.js";
import type { FeatureTable } from "../feature-table.js";
import type { UserGroup } from "./user-groups.js";

/** A column of a feature table, and the group that computes it. */
export interface GroupColumn {
  readonly group: string;
  readonly column: string;
}

/** Features that a dataset can give, in the order of the catalogue with the user's own last, and those it cannot. */
export interface AvailableFeatures {
  readonly columns: readonly GroupColumn[];
  readonly leftOut: FeatureTable["leftOut"];
}

/**
 * Lists what a dataset can give: one column per named category, and the user's own groups.
 *
 * @throws {RangeError} If a column of the user's exists already or is a protected attribute.
 */
export function availableFeatures(
  { tables, settings }: Pick<TrustedDataset, "tables" | "settings">,
  userGroups: readonly UserGroup[],
): AvailableFeatures {
  const columns: GroupColumn[] = [];
  const leftOut: { name: string; lacks: string[] }[] = [];
  for (const { name, group, needs } of featureCatalogue) {
    const lacks = needs.filter((need) => {
      const [table, column] = need.split(".");
      return !tables[table] || (column !== undefined && !tables[table].includes(column));
    });
    const names = name.endsWith("<category>")
      ? settings.categories.map((category) => name.replace("<category>", categorySlug(category)))
      : [name];
    if (lacks.length) leftOut.push({ name, lacks });
    else if (!names.length) leftOut.push({ name, lacks: ["settings.categories"] });
    else columns.push(...names.map((column) => ({ group, column })));
  }
  for (const { group, columns: added } of userGroups) {
    for (const column of added) {
      requireNewName({ group, column }, columns, settings.protected);
      columns.push({ group, column });
    }
  }
  return { columns, leftOut };
}

/**
 * Returns the features of these names, in their order.
 *
 * @throws {RangeError} If there is no such feature, or the dataset cannot give it.
 */
export function chooseFeatures({ columns, leftOut }: AvailableFeatures, names: readonly string[]): GroupColumn[] {
  return [...new Set(names)].map((name) => {
    const found = columns.find(({ column }) => column === name);
    if (found) return found;
    const absent = leftOut.find((feature) => feature.name === name);
    if (absent)
      throw new RangeError(
        `Cannot compute "${name}": the dataset has no ${absent.lacks.join(" and no ")}; map it, or leave the feature out`,
      );
    const known = columns.map(({ column }) => column);
    const near = nearest(name, known);
    throw new RangeError(
      `Cannot compute "${name}": there is no such feature${near ? `; did you mean "${near}"?` : `; there are ${known.join(", ")}`}`,
    );
  });
}

function requireNewName(
  { group, column }: GroupColumn,
  there: readonly GroupColumn[],
  protectedNames: readonly string[],
): void {
  const refuse = (what: string) =>
    new RangeError(`Cannot add the feature group "${group}": its column "${column}" ${what}`);
  const twin = there.find((feature) => feature.column === column);
  if (twin) throw refuse(`exists in the group "${twin.group}"; use another name`);
  if (protectedNames.includes(column)) throw refuse("is a protected attribute, which is never a feature");
}
