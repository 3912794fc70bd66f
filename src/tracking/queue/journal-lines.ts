import { messageOf } from "../../errors.js";
import { type CheckOptions, checkValue, fits, Type } from "../../schema/index.js";
import { isRecord } from "../../text/index.js";
import { runStatus } from "../run-record.js";
import type { Receipt, RunEvent } from "./run-event.js";

const texts = Type.Record(Type.String(), Type.String());
const milliseconds = Type.Number();
const snapshot = {
  file: Type.String(),
  path: Type.String(),
  sha256: Type.Optional(Type.String()),
  size: Type.Optional(Type.Number()),
};
const metric = Type.Object({
  key: Type.String(),
  value: Type.Union([Type.Number(), Type.String()]),
  timestamp: milliseconds,
  step: Type.Number(),
  model_id: Type.Optional(Type.String()),
});
const dataset = Type.Object({
  name: Type.String(),
  digest: Type.String(),
  sourceType: Type.String(),
  source: Type.String(),
  schema: Type.Optional(Type.String()),
  profile: Type.Optional(Type.String()),
  tags: Type.Optional(texts),
});
const columnType = Type.Enum(["double", "long", "string", "boolean"]);
const signature = Type.Object({
  inputs: Type.Array(Type.Object({ name: Type.String(), type: columnType })),
  outputs: Type.Array(Type.Object({ name: Type.Optional(Type.String()), type: columnType })),
});

/** Schemas of the events by type. */
const events = {
  start: Type.Object({
    type: Type.Literal("start"),
    experiment: Type.String(),
    runName: Type.String(),
    startTime: milliseconds,
    tags: texts,
    parent: Type.Optional(Type.String()),
  }),
  params: Type.Object({ type: Type.Literal("params"), params: texts }),
  metrics: Type.Object({ type: Type.Literal("metrics"), metrics: Type.Array(metric) }),
  tags: Type.Object({ type: Type.Literal("tags"), tags: texts }),
  dataset: Type.Object({ type: Type.Literal("dataset"), dataset }),
  outputs: Type.Object({ type: Type.Literal("outputs"), modelIds: Type.Array(Type.String()) }),
  model: Type.Object({
    type: Type.Literal("model"),
    key: Type.String(),
    name: Type.String(),
    flavors: Type.Record(Type.String(), Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()]))),
    signature,
    files: Type.Array(Type.Object(snapshot)),
    createdAt: milliseconds,
    registerAs: Type.Optional(Type.String()),
    aliases: Type.Array(Type.String()),
  }),
  artifact: Type.Object({ type: Type.Literal("artifact"), ...snapshot }),
  text: Type.Object({ type: Type.Literal("text"), text: Type.String(), path: Type.String() }),
  end: Type.Object({ type: Type.Literal("end"), status: runStatus, endTime: milliseconds }),
} as const;

const eventType = Type.Object({ type: Type.Enum(Object.keys(events) as (keyof typeof events)[]) });
const receipt = Type.Object({
  settled: Type.Integer({ minimum: 0 }),
  runId: Type.Optional(Type.String()),
  problem: Type.Optional(Type.String()),
});

/**
 * Parses one line of a journal.
 *
 * @returns Undefined for a line that is no entry, such as an unfinished one; an event of type `unreadable` for an entry
 * that does not fit.
 */
export function parseJournalLine(line: string, options: CheckOptions): RunEvent | Receipt | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  // Without a receipt that cannot be read, events are sent twice, which changes nothing.
  if ("settled" in value) return fits(receipt, value) ? checkValue(receipt, value, options) : undefined;
  try {
    const { type } = checkValue(eventType, value, options);
    return checkValue(events[type], value, options);
  } catch (error) {
    return { type: "unreadable", problem: messageOf(error) };
  }
}
