import { maskedValue } from "../../text/index.js";
import type { Provenance } from "./provenance.js";

/** One column of a source file, with its range as people may see it. */
export interface ShownColumn {
  readonly table: string;
  readonly column: string;
  /** Rows without a value. */
  readonly empty: number;
  readonly distinct: number;
  /** Empty if there is no value. */
  readonly min: string;
  readonly max: string;
}

/**
 * Lists the columns of the source files. Numbers, days and times are shown as they are; other texts and what identifies
 * a customer are masked.
 */
export function shownColumns({ sources, mapping }: Pick<Provenance, "sources" | "mapping">): ShownColumn[] {
  const mapped = Object.values(mapping).map(({ columns }) => columns["customer_id"]);
  const isId = (name: string) =>
    PERSONAL.test(name) || mapped.some((from) => (typeof from === "string" ? from === name : from?.sql.includes(name)));
  return sources.flatMap(({ table, profile }) =>
    (profile?.columns ?? []).map(({ name, empty, distinct, min, max }) => ({
      ...{ table, column: name, empty, distinct },
      min: shown(min, isId(name)),
      max: shown(max, isId(name)),
    })),
  );
}

/** Names of columns whose digits are no figures. */
const PERSONAL = /mail|phone|mobile|iban|address|street|postal|zip/i;

function shown(value: string | number | null, isId: boolean): string {
  if (value === null) return "";
  const text = String(value);
  return !isId && /^[\d\s.,:+/TZ-]*$/.test(text) ? text : maskedValue(text);
}
