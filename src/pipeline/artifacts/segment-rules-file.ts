import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Type } from "typebox";
import { type Provenance, SEGMENT_CONDITIONS } from "../../datasets/index.js";
import { calendarDay, parseJson } from "../../schema/index.js";
import {
  type FittedSegmentRules,
  type ResolvedRules,
  type SegmentRule,
  standardSegmentRules,
} from "../../segmentation/index.js";
import { type Workspace, writeFileAtomically } from "../../storage/index.js";
import { camelCase, snakeCase } from "../../text/index.js";

const Limit = Type.Number({ minimum: 0, expected: "a number, at least 0" });
const Count = Type.Integer({ minimum: 0 });
const closed = { additionalProperties: false } as const;

const SegmentRulesFile = Type.Object(
  {
    version: Type.Literal(1),
    as_of: calendarDay({ expected: "a day as YYYY-MM-DD" }),
    customers: Count,
    repeat_customers: Count,
    median_gap_days: Type.Union([Limit, Type.Null()], { expected: "days or null" }),
    rules: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          ...Object.fromEntries(SEGMENT_CONDITIONS.map((condition) => [condition, Type.Optional(Limit)])),
        },
        closed,
      ),
    ),
    remarks: Type.Array(
      Type.Object(
        {
          rule: Type.Enum(["repeat-customers", "recency-limits", "order-limits", "order-value-limits"]),
          value: Type.Number(),
          limit: Type.Number(),
        },
        closed,
      ),
      { default: [] },
    ),
  },
  closed,
);

/** Returns the path of the fitted segment rules of a dataset: `datasets/<name>/segment_rules.json`. */
export function segmentRulesPath({ home }: Pick<Workspace, "home">, dataset: string): string {
  return join(home, "datasets", dataset, "segment_rules.json");
}

/** Writes fitted segment rules, which stay until new ones are asked for. */
export function writeSegmentRules(path: string, { rules, remarks, ...facts }: FittedSegmentRules): Promise<void> {
  const file = {
    version: 1,
    ...renamed(facts, snakeCase),
    rules: rules.map((rule) => renamed(rule, snakeCase)),
    remarks,
  };
  return writeFileAtomically(path, `${JSON.stringify(file, null, 2)}\n`);
}

/** Writes the fitted limits of a run if they are new or were refitted on request. */
export async function keepRules({ limits }: ResolvedRules, path: string): Promise<void> {
  if (limits?.now.origin === "new" || limits?.now.origin === "refitted") {
    await writeSegmentRules(path, limits.now.fitted);
  }
}

/**
 * Reads fitted segment rules; undefined where none were written.
 *
 * @param options.imported_at Time of the import, whose day no rules can be later than; by default any day will do.
 * @throws {SyntaxError} If the file is not what {@link writeSegmentRules} writes.
 */
export async function readSegmentRules(
  path: string,
  { imported_at }: Partial<Pick<Provenance, "imported_at">> = {},
): Promise<FittedSegmentRules | undefined> {
  if (!existsSync(path)) return undefined;
  const fitted = parseSegmentRules(await readFile(path, "utf8"), path);
  const importedOn = imported_at?.slice(0, 10);
  if (importedOn !== undefined && fitted.asOf > importedOn) {
    throw new SyntaxError(
      `Cannot read "${path}": "as_of" is "${fitted.asOf}"; expected the day of the import, ${importedOn}, or an earlier one; fit new limits with --refit-rules`,
    );
  }
  return fitted;
}

/**
 * Reads the text of a file of fitted segment rules.
 *
 * @param path Name of the file, for messages.
 * @throws {SyntaxError} If a part is missing or of another kind.
 */
export function parseSegmentRules(text: string, path: string): FittedSegmentRules {
  const action = `read "${path}"`;
  const { version: _, rules, remarks, ...facts } = parseJson(SegmentRulesFile, text, { action });
  const refuse = (what: string) => new SyntaxError(`Cannot ${action}: ${what}`);
  const expected = standardSegmentRules.map(({ name }) => name).join(", ");
  const names = rules.map(({ name }) => name).join(", ");
  if (names !== expected) throw refuse(`"rules" are those of ${names}; expected ${expected}, in this order`);
  const last = rules[rules.length - 1];
  if (Object.keys(last).length > 1) {
    throw refuse(`"rules.${last.name}" has a condition; expected none, since it takes all remaining customers`);
  }
  // A gap of nothing happens where repeat customers order twice in a day; all limits are then the least one.
  const { median_gap_days: gap } = facts;
  if (gap === 0 && new Set(rules.flatMap(recencyLimits)).size > 1) {
    throw refuse(`"median_gap_days" is 0; expected a number above 0, since the limits of recency differ`);
  }
  return {
    ...(renamed(facts, camelCase) as Omit<FittedSegmentRules, "rules" | "remarks">),
    rules: rules.map((rule): SegmentRule => ({ ...renamed(rule, camelCase), name: rule.name })),
    remarks,
  };
}

function recencyLimits({ recency_below, recency_above }: Readonly<Record<string, unknown>>): unknown[] {
  return [recency_below, recency_above].filter((limit) => limit !== undefined);
}

function renamed(value: object, rename: (name: string) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [rename(key), one]));
}
