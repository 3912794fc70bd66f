import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { contactKey, renderTargetList, targetList } from "../../src/strategy/index.js";

const columns = {
  customerId: ["a", "b", "c", "d", "e", 'f,"x'],
  segment: ["At Risk", "At Risk", "Champions", "At Risk", "At Risk", "At Risk"],
  recencyDays: [70, 80, 3, 90, 100, 110],
  frequency: [6, 7, 20, 8, 9, 10],
  monetary: [600, 700.5, 9000, 700.5, 900, 1],
};
const consent = [true, true, true, false, null, true];

describe("a contact key", () => {
  test("is the keyed hash of the id, as anybody with the key can compute it", () => {
    const hex = createHmac("sha256", "secret").update("17850").digest("hex");
    expect(contactKey("17850", { key: "secret" })).toBe(`c${hex.slice(0, 24)}`);
  });

  test("is another for another customer and under another key", () => {
    const keys = [
      ["1", "k"],
      ["2", "k"],
      ["1", "l"],
    ].map(([id, key]) => contactKey(id, { key }));
    expect(new Set(keys).size).toBe(3);
  });

  test("needs a key", () => {
    expect(() => contactKey("1", { key: "" })).toThrow("the key is empty; set it to a secret text");
  });
});

describe("a target list", () => {
  test("has the segment's customers with consent, most money first, under pseudonyms", () => {
    const list = targetList({ ...columns, consent }, "At Risk", { key: "secret" });
    const key = (id: string) => contactKey(id, { key: "secret" });
    expect(list.targets.map((target) => target.contactKey)).toEqual([key("b"), key("a"), key('f,"x')]);
    expect(list).toMatchObject({
      slug: "at-risk",
      pseudonymous: true,
      consentKnown: true,
      optedOut: 1,
      unknownConsent: 1,
    });
    expect(list.targets[1]).toEqual({ contactKey: key("a"), recencyDays: 70, frequency: 6, monetary: 600 });
  });

  test("without a word on consent everybody is in it, and it says so", () => {
    const list = targetList(columns, "At Risk", { key: "secret" });
    expect(list).toMatchObject({ consentKnown: false, optedOut: 0, unknownConsent: 0 });
    expect(list.targets).toHaveLength(5);
  });

  test("does not depend on the order of the customers", () => {
    const order = [5, 3, 1, 0, 2, 4];
    const turned = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, order.map((i) => values[i])]),
    );
    expect(targetList(turned as unknown as typeof columns, "At Risk", { key: "k" })).toEqual(
      targetList(columns, "At Risk", { key: "k" }),
    );
  });

  test("has plain ids only on request", () => {
    const pseudonymous = renderTargetList(targetList(columns, "At Risk", { key: "secret" }));
    for (const id of columns.customerId) expect(pseudonymous).not.toMatch(new RegExp(`^"?${id},`, "m"));
    const plain = renderTargetList(targetList({ ...columns, consent }, "At Risk", { plainIds: true }));
    expect(plain).toBe(
      'customer_id,segment,recency_days,frequency,monetary\nb,At Risk,80,7,700.5\na,At Risk,70,6,600\n"f,""x",At Risk,110,10,1\n',
    );
  });

  test("of an empty segment is a header", () => {
    const list = targetList(columns, "Hibernating", { key: "secret" });
    expect(renderTargetList(list)).toBe("contact_key,segment,recency_days,frequency,monetary\n");
  });

  test("refuses columns that differ in length", () => {
    expect(() => targetList({ ...columns, frequency: [1] }, "At Risk", { key: "k" })).toThrow("lengths differ");
  });
});
