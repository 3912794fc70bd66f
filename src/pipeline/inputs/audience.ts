import { type ContactableCustomers, contactableCustomers, type Observations } from "../../features/index.js";
import { audienceText } from "../../reports/index.js";
import type { SegmentationModel } from "../../segmentation/index.js";
import { type Audience, type ChosenSegment, chooseSegment } from "../../strategy/index.js";
import { numberTexts } from "../../table/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import { checkedExperimentName, type ExperimentStep, experimentFolder } from "../artifacts/experiment-folder.js";
import { segmentAssignments, segmentationModel } from "../artifacts/segment-assignments.js";
import type { StageContext, StageWork } from "../stage.js";

/** The options that name a segment and its experiment. */
export interface SegmentRequest {
  readonly segment: string;
  readonly by?: "rule" | "cluster";
  readonly name?: string;
}

/** A segment, and those of its customers who can be contacted. */
export interface OpenedAudience {
  readonly model: SegmentationModel;
  readonly segment: ChosenSegment;
  /** Observations up to the day of the segment. */
  readonly observations: Observations;
  readonly members: ContactableCustomers;
  readonly audience: Audience;
}

/** Finds the segment of a request, loads its customers, and logs who can be contacted. */
export async function openAudience(work: StageWork, request: SegmentRequest): Promise<OpenedAudience> {
  const { dataset, asOf } = work;
  const model = await work.read(segmentationModel);
  const segment = chosenSegment(model, request);
  const observations = await dataset.observe();
  const column = { rule: "rule_segment", cluster: "segment_name", everyone: undefined } as const;
  const basis = column[segment.basis];
  const members = await contactableCustomers(observations.engine, dataset.trusted, {
    assignments: await work.read(segmentAssignments),
    name: segment.name,
    asOf,
    ...(basis ? { column: basis } : {}),
  });
  const { optedOut, unknownConsent, consentKnown } = members;
  const audience = { customers: members.ids.length, optedOut, unknownConsent, consentKnown };
  work.say(audienceText(audience, { segment: segment.name, asOf }, numberTexts(dataset.trusted.settings)));
  return { model, segment, observations, members, audience };
}

/** Returns the folder of a step: that of the named experiment, else of one named after the segment. */
export function experimentPlace(step: ExperimentStep) {
  return async (context: StageContext, { name, ...request }: SegmentRequest): Promise<string> => {
    const own = name ?? chosenSegment(await readModel(context), request).slug;
    return experimentFolder(context.out, checkedExperimentName(own), step);
  };
}

function readModel(context: StageContext): Promise<SegmentationModel> {
  return segmentationModel.read(segmentationModel.folder(context));
}

function chosenSegment({ names }: SegmentationModel, { segment, by }: SegmentRequest): ChosenSegment {
  return chooseSegment(segment, { rules: SEGMENT_NAMES, clusters: names }, by ? { basis: by } : {});
}
