import { resolveDataset } from "../../datasets/index.js";
import type { Engine } from "../../engine/index.js";
import type { Observations } from "../../features/index.js";
import type { StageContext } from "../legacy-stage.js";
import { type OpenedDataset, openDataset } from "../open-dataset.js";
import { loadParticipants, type Participants } from "./load-participants.js";
import { type OpenedSegments, requireSameImport } from "./open-segments.js";
import { participantsInWords } from "./participants-in-words.js";

/**
 * Opens the dataset at the day of its segments, and finds out and says who of the segment may take part.
 *
 * @param options.doing What is being done, for messages: "plan" or "split".
 * @throws {Error} If the segments come from an earlier import.
 */
export async function openParticipants(
  engine: Engine,
  opened: OpenedSegments,
  { context, doing }: { readonly context: StageContext; readonly doing: string },
): Promise<
  Pick<OpenedDataset, "provenance" | "trusted"> & {
    readonly observations: Observations;
    readonly participants: Participants;
  }
> {
  const { segment, asOf } = opened;
  const { provenance, trusted, observe } = await openDataset(
    engine,
    await resolveDataset(context.workspace, context.dataset),
    asOf,
  );
  requireSameImport(opened, provenance, { doing, dataset: context.dataset });
  const observations = await observe();
  const participants = await loadParticipants(observations.engine, trusted, opened);
  context.say(`  ${participantsInWords(participants, { segment: segment.name, asOf, ...trusted.settings })}`);
  return { provenance, trusted, observations, participants };
}
