import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { calendarDay, parseJson, type Static, Type } from "../../schema/index.js";
import { type PlannedExperiment, SPEND_RISES } from "../../strategy/index.js";

const closed = { additionalProperties: false } as const;
const Count = Type.Integer({ minimum: 0 });
const Known = <T extends typeof Count | ReturnType<typeof Type.Number>>(type: T) => Type.Union([type, Type.Null()]);

const PlanFile = Type.Object(
  {
    dataset: Type.String(),
    segment: Type.String(),
    by: Type.Enum(["rule", "cluster", "everyone"]),
    as_of: calendarDay(),
    horizon_days: Count,
    before_days: Count,
    customers: Count,
    refused: Count,
    unknown_consent: Count,
    consent_known: Type.Boolean(),
    base: Type.Object({ as_of: calendarDay(), customers: Count }, closed),
    test: Count,
    control: Count,
    alpha: Type.Number(),
    power: Type.Number(),
    relative_effect: Type.Number(),
    winsorize: Type.Number(),
    reliable_from: Count,
    measures: Type.Array(
      Type.Object(
        {
          measure: Type.Enum(["conversion", "spend", "winsorized spend"]),
          cuped: Type.Boolean(),
          mean: Type.Number(),
          rises: Type.Array(
            Type.Object(
              {
                rise: Type.Enum([...SPEND_RISES]),
                needed_per_arm: Known(Count),
                minimum_detectable_effect: Known(Type.Number()),
              },
              closed,
            ),
          ),
        },
        closed,
      ),
    ),
    in_words: Type.String(),
  },
  closed,
);

/** The content of `plan.json`. */
export type PlanFile = Static<typeof PlanFile>;

/** Writes the text of `plan.json`. */
export function planJson(
  planned: PlannedExperiment,
  saying: { readonly dataset: string; readonly sentences: string },
): string {
  return `${JSON.stringify(planRecord(planned, saying), null, 2)}\n`;
}

/** Returns a plan as JSON. */
export function planRecord(
  planned: PlannedExperiment,
  { dataset, sentences }: { readonly dataset: string; readonly sentences: string },
): PlanFile {
  const { plan, segment, basis, asOf, horizonDays, beforeDays, winsorizeAt, audience, base } = planned;
  return {
    dataset,
    segment,
    by: basis,
    as_of: asOf,
    horizon_days: horizonDays,
    before_days: beforeDays,
    customers: audience.customers,
    refused: audience.optedOut,
    unknown_consent: audience.unknownConsent,
    consent_known: audience.consentKnown,
    base: { as_of: base.asOf, customers: base.customers },
    test: plan.arms.test,
    control: plan.arms.control,
    alpha: plan.alpha,
    power: plan.power,
    relative_effect: plan.relativeEffect,
    winsorize: winsorizeAt,
    reliable_from: plan.reliableFrom,
    measures: plan.measures.map(({ measure, cuped, mean, rises }) => ({
      measure,
      cuped,
      mean,
      rises: rises.map(({ rise, neededPerArm, minimumDetectableEffect }) => ({
        rise,
        needed_per_arm: neededPerArm,
        minimum_detectable_effect: minimumDetectableEffect,
      })),
    })),
    in_words: sentences,
  };
}

/** Reads `plan.json` of a folder. @throws {SyntaxError} If it is not what {@link planJson} writes. */
export async function readPlan(folder: string): Promise<PlanFile> {
  const path = join(folder, "plan.json");
  return parseJson(PlanFile, await readFile(path, "utf8"), { action: `read "${path}"` });
}
