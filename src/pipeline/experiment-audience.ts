import { resolveDataset } from "../datasets/index.js";
import type { Engine } from "../engine/index.js";
import { type ContactableCustomers, contactableCustomers, type Observations } from "../features/index.js";
import { audienceText } from "../reports/index.js";
import type { Audience } from "../strategy/index.js";
import { numberTexts } from "../table/index.js";
import { type OpenedSegments, requireSameImport } from "./artifacts/open-segments.js";
import type { StageContext } from "./legacy-stage.js";
import { type OpenedDataset, openDataset } from "./open-dataset.js";

/** A dataset at the day of its segments, and the customers of a segment who can be contacted. */
export interface OpenedAudience extends OpenedDataset {
  /** Observations up to the day of the segments. */
  readonly observations: Observations;
  readonly members: ContactableCustomers;
  readonly audience: Audience;
}

/**
 * Opens the dataset at the day of its segments and logs who of the segment can be contacted.
 *
 * @throws {Error} If the segments come from an earlier import.
 */
export async function openAudience(
  engine: Engine,
  opened: OpenedSegments,
  { context, doing }: { readonly context: StageContext; readonly doing: string },
): Promise<OpenedAudience> {
  const { segment, asOf, assignments } = opened;
  const dataset = await openDataset(engine, await resolveDataset(context.workspace, context.dataset), asOf);
  const observations = await dataset.observe();
  requireSameImport(opened, dataset.provenance, { doing, dataset: context.dataset });
  const column = { rule: "rule_segment", cluster: "segment_name", everyone: undefined } as const;
  const basis = column[segment.basis];
  const members = await contactableCustomers(observations.engine, dataset.trusted, {
    assignments,
    name: segment.name,
    asOf,
    ...(basis ? { column: basis } : {}),
  });
  const { optedOut, unknownConsent, consentKnown } = members;
  const audience = { customers: members.ids.length, optedOut, unknownConsent, consentKnown };
  const texts = numberTexts(dataset.trusted.settings);
  context.say(`  ${audienceText(audience, { segment: segment.name, asOf }, texts)}`);
  return { ...dataset, observations, members, audience };
}
