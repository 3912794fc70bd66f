import { describe, expect, test } from "vitest";
import { standardSegmentRules } from "../../src/segmentation/index.js";
import { PRIORITIES, parseStrategies, segmentSlug, standardStrategies } from "../../src/strategy/index.js";
import { SEGMENT_NAMES } from "../../src/text/segment-names.js";

describe("the standard strategies", () => {
  test("there is one for each segment of the rules, and no more", () => {
    const segments = Object.keys(standardStrategies).sort();
    expect(segments).toEqual([...SEGMENT_NAMES].sort());
    expect(segments).toEqual(standardSegmentRules.map(({ name }) => name).sort());
  });

  test.each(SEGMENT_NAMES)("%s has every field filled", (segment) => {
    const { priority, actions, ...texts } = standardStrategies[segment];
    expect(PRIORITIES).toContain(priority);
    expect(actions.length).toBeGreaterThanOrEqual(3);
    expect(Object.keys(texts).sort()).toEqual(["budget", "campaign", "goal", "kpi", "why"]);
    for (const text of [...actions, ...Object.values(texts)]) expect(text.trim().length).toBeGreaterThan(10);
  });

  test("only those at risk are critical", () => {
    const critical = SEGMENT_NAMES.filter((segment) => standardStrategies[segment].priority === "Critical");
    expect(critical).toEqual(["At Risk"]);
  });

  test("no effect is promised: no text has a percentage", () => {
    expect(JSON.stringify(standardStrategies)).not.toMatch(/\d\s*(%|per cent|percent)|\d\s*(x|times) /);
  });

  test("names of files are distinct and plain", () => {
    const slugs = SEGMENT_NAMES.map(segmentSlug);
    expect(new Set(slugs).size).toBe(8);
    expect(slugs).toContain("lost-churned");
    for (const slug of slugs) expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});

describe("a file of one's own strategies", () => {
  test("changes what it names, and nothing else", () => {
    const own = parseStrategies('{ "At Risk": { "priority": "High", "actions": ["Call"] } }');
    expect(own["At Risk"]).toEqual({ ...standardStrategies["At Risk"], priority: "High", actions: ["Call"] });
    expect({ ...own, "At Risk": null }).toEqual({ ...standardStrategies, "At Risk": null });
    expect(standardStrategies["At Risk"].priority).toBe("Critical");
  });

  test("an exported file comes back as it was", () => {
    expect(parseStrategies(JSON.stringify(standardStrategies))).toEqual(standardStrategies);
    expect(parseStrategies("{}")).toEqual(standardStrategies);
    const results = { customers: 67, contactable: 60, refused: 4, unknown_consent: 3, budget_amount: 10_000 };
    const exported = { "At Risk": { ...standardStrategies["At Risk"], ...results } };
    expect(parseStrategies(JSON.stringify(exported))).toEqual(standardStrategies);
  });

  test.each([
    ["{", "Cannot read the strategies: "],
    ["[]", "the value is []; expected an object"],
    ["null", "the value is null; expected an object"],
    ['{ "At risk!": {} }', '"At risk!" is an unknown key; did you mean "At Risk"?'],
    ['{ "Whales": {} }', '"Whales" is an unknown key; expected Champions, Loyal Customers, '],
    ['{ "toString": {} }', '"toString" is an unknown key'],
    ['{ "At Risk": [] }', '"At Risk" is []; expected an object'],
    ['{ "At Risk": { "goals": "x" } }', '"At Risk" has an unknown key "goals"; did you mean "goal"?'],
    [
      '{ "At Risk": { "priority": "Urgent" } }',
      '"At Risk.priority" is "Urgent"; expected "Critical", "High", "Medium" or "Low"',
    ],
    ['{ "At Risk": { "actions": [] } }', '"At Risk.actions" is []; expected a list of actions'],
    ['{ "At Risk": { "actions": "Call" } }', '"At Risk.actions" is "Call"; expected a list of actions'],
    ['{ "At Risk": { "kpi": " " } }', '"At Risk.kpi" is " "; expected text'],
    ['{ "At Risk": { "why": null } }', '"At Risk.why" is null; expected text'],
  ])("%s is refused", (text, message) => {
    expect(() => parseStrategies(text)).toThrow(SyntaxError);
    expect(() => parseStrategies(text)).toThrow(message);
  });
});
