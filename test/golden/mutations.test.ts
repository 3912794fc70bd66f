import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

interface Mutation {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly tests: readonly string[];
}

const home = join(import.meta.dirname, "..", "..");
const folder = join(import.meta.dirname, "mutations");
const lists = readdirSync(folder).filter((name) => name.endsWith(".json"));

// `npm run mutate-golden` applies them and shows that the tests fail, which takes too long for every run.
describe.each(lists)("the mutations of %s", (name) => {
  const mutations = JSON.parse(readFileSync(join(folder, name), "utf8")) as Mutation[];

  it.each(mutations)("$file: $find can still be applied", ({ file, find, replace, tests }) => {
    const source = readFileSync(join(home, file), "utf8");
    expect(source.split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(tests.length).toBeGreaterThan(0);
    for (const test of tests) expect(existsSync(join(home, test))).toBe(true);
  });
});
