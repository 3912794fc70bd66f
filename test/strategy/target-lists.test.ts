import { describe, expect, test } from "vitest";
import type { Assignments } from "../../src/segmentation/index.js";
import { contactKey, renderMovers, targetLists } from "../../src/strategy/index.js";

const ids = ["17850", "13047", "12583"];
const consents = new Map([
  ["17850", true],
  ["13047", false],
]);
const key = "a key that tests use";
const assignments = {
  customers: {
    asOf: "2026-01-31",
    ids,
    recencyDays: Float64Array.of(1, 2, 3),
    frequency: Float64Array.of(4, 5, 6),
    monetary: Float64Array.of(10, 20, 30),
  },
  cluster: Int32Array.of(0, 0, 0),
  rules: { names: ["Champions", "Champions", "Champions"], counts: { Champions: 3 } },
} as unknown as Assignments;
const movers = ids.map((customerId, i) => ({ customerId, from: "Champions", to: "Promising", revenue: 10 * i }));

describe("files that name customers", () => {
  test("have plain ids only where there is no key, which an empty one is not", () => {
    const [plain] = targetLists(assignments, { consents: undefined, key: undefined });
    expect([plain.pseudonymous, plain.targets.map((target) => target.contactKey)]).toEqual([
      false,
      ["12583", "13047", "17850"],
    ]);
    expect(renderMovers(movers, { consents: undefined, key: undefined })).toMatch(/^customer_id,.*\n17850,/);
    expect(() => targetLists(assignments, { consents: undefined, key: "" })).toThrow("the key is empty");
    expect(() => renderMovers(movers, { consents: undefined, key: "" })).toThrow("the key is empty");
    const named = [
      ...targetLists(assignments, { consents: undefined, key }).flatMap(({ targets }) =>
        targets.map((target) => target.contactKey),
      ),
      renderMovers(movers, { consents: undefined, key }),
    ].join();
    for (const id of ids) expect(named).not.toContain(id);
  });

  test("leave out who refused marketing, and who did not say", () => {
    const [list] = targetLists(assignments, { consents, key });
    expect(list.targets.map((target) => target.contactKey)).toEqual([contactKey("17850", { key })]);
    expect([list.optedOut, list.unknownConsent]).toEqual([1, 1]);
    expect(renderMovers(movers, { consents, key })).toBe(
      `contact_key,from,to,revenue\n${contactKey("17850", { key })},Champions,Promising,0\n`,
    );
  });
});
