import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { mutationsOf } from "../../src/setup/mutations/draw-mutations.mjs";

interface Survivor {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly verdict: "equivalent" | "test added";
  /** Reason why an equivalent mutation changes no result. */
  readonly why?: string;
  readonly seed: number;
}

const home = join(import.meta.dirname, "..", "..");
const survivors = JSON.parse(readFileSync(join(import.meta.dirname, "survivors.json"), "utf8")) as Survivor[];

it.each(survivors)("$file: $after has a verdict, and is still a mutation if it is equivalent", (survivor) => {
  const { file, before, after, verdict, why } = survivor;
  expect(["equivalent", "test added"]).toContain(verdict);
  if (verdict !== "equivalent") return;
  expect(why).toMatch(/\w+ \w+/);
  const mutations = mutationsOf(file, readFileSync(join(home, file), "utf8"));
  expect(mutations).toContainEqual(expect.objectContaining({ before, after }));
});
