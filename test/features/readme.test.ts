import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { featureCatalogue, featureGroups, renderCatalogue } from "../../src/features/index.js";

const source = (path: string) => fileURLToPath(new URL(`../../src/features/${path}`, import.meta.url));
const readme = source("README.md");
const rendered = renderCatalogue(featureCatalogue);
if (process.env["UPDATE"]) writeFileSync(readme, rendered);

it("src/features/README.md matches the catalogue; UPDATE=1 rewrites it", () => {
  expect(readFileSync(readme, "utf8")).toBe(rendered);
});

it("the catalogue names each feature once, says what it is, and has an SQL file per group", () => {
  const names = featureCatalogue.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, definition, needs } of featureCatalogue) {
    expect(definition, name).toMatch(/^\S.*[^.]$/);
    expect(needs.length, name).toBeGreaterThan(0);
  }
  expect(featureGroups.filter((group) => !existsSync(source(`sql/${group}.sql`)))).toEqual([]);
});
