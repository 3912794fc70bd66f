import { type Static, Type } from "typebox";
import { parseJson } from "../../schema/index.js";
import { SEGMENT_NAMES, type SegmentName } from "../../text/index.js";
import { standardStrategies } from "./standard-strategies.js";
import { PRIORITIES, type Strategies, type Strategy } from "./strategy.js";

const closed = { additionalProperties: false };
const Text = Type.Optional(Type.String({ pattern: "\\S" }));
/** Results in the exported file, which are not read back. */
const Result = Type.Optional(Type.Number());

const Changes = Type.Object(
  {
    priority: Type.Optional(Type.Enum([...PRIORITIES])),
    goal: Text,
    actions: Type.Optional(Type.Array(Type.String({ pattern: "\\S" }), { minItems: 1, expected: "a list of actions" })),
    campaign: Text,
    budget: Text,
    kpi: Text,
    why: Text,
    customers: Result,
    contactable: Result,
    consent_known: Type.Optional(Type.Boolean()),
    refused: Result,
    unknown_consent: Result,
    budget_amount: Result,
  },
  closed,
);

const schema = Type.Unsafe<{ readonly [Name in SegmentName]?: Static<typeof Changes> }>(
  Type.Object(Object.fromEntries(SEGMENT_NAMES.map((name) => [name, Type.Optional(Changes)])), closed),
);

/**
 * Parses a file of strategies: an object by segment, each with the fields that differ from the standard ones. The file
 * `segment_strategies.json` can be edited and read again; its counts and amounts are ignored.
 *
 * @throws {SyntaxError} If the text is not JSON, a segment or a field is unknown, or a value is invalid.
 *
 * @example
 * parseStrategies('{ "At Risk": { "campaign": "Call them" } }')["At Risk"].campaign; // "Call them"
 */
export function parseStrategies(text: string): Strategies {
  const changes = parseJson(schema, text, { action: "read the strategies" });
  return Object.fromEntries(
    SEGMENT_NAMES.map((segment) => [segment, strategyOf(segment, changes[segment] ?? {})]),
  ) as Strategies;
}

function strategyOf(segment: SegmentName, changes: Static<typeof Changes>): Strategy {
  const standard = standardStrategies[segment];
  const { priority, goal, actions, campaign, budget, kpi, why } = { ...standard, ...changes };
  return { priority, goal, actions, campaign, budget, kpi, why };
}
