import { maskedEmails, maskedValue } from "../../text/index.js";
import type { SourceColumnProfile } from "../sources/profile-source.js";
import type { Provenance } from "./provenance.js";
import { sourceGroups } from "./source-groups.js";

/** One column of a source file, with its range as people may see it. */
export interface ShownColumn {
  readonly table: string;
  readonly column: string;
  /** Rows without a value. */
  readonly empty: number;
  /** Distinct values; null for several files, which may share values. */
  readonly distinct: number | null;
  /** Empty if there is no value. */
  readonly min: string;
  readonly max: string;
}

/**
 * Lists the columns of the source files, once for all files of a pattern. Numbers, days and times are shown as they are; other texts and what identifies
 * a customer are masked.
 */
export function shownColumns(provenance: Pick<Provenance, "sources" | "mapping">): ShownColumn[] {
  const show = shownProfile(provenance);
  return sourceGroups(provenance).flatMap((group) =>
    (group[0].profile?.columns ?? []).map(({ name }) => {
      const found = group.flatMap(({ profile }) => profile?.columns.filter((column) => column.name === name) ?? []);
      const { empty, distinct, min, max } = show(found.length === 1 ? found[0] : together(found));
      return {
        ...{ table: group[0].table, column: name, empty, distinct: found.length === 1 ? distinct : null },
        ...{ min: String(min ?? ""), max: String(max ?? "") },
      };
    }),
  );
}

/** The profile of a column in several files; how many values are distinct is not known. */
function together(columns: readonly SourceColumnProfile[]): SourceColumnProfile {
  const values = columns.flatMap(({ min, max }) => [min, max]).filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === "number");
  const sorted =
    numbers.length === values.length
      ? numbers.sort((a, b) => a - b)
      : values.map(String).sort((a, b) => (a < b ? -1 : 1));
  return {
    name: columns[0].name,
    empty: columns.reduce((sum, { empty }) => sum + empty, 0),
    distinct: 0,
    min: sorted[0] ?? null,
    max: sorted.at(-1) ?? null,
  };
}

/** Returns a provenance as people may see it: the ranges as in {@link shownColumns}, texts without e-mail addresses. */
export function shownProvenance(provenance: Provenance): Provenance {
  const show = shownProfile(provenance);
  return {
    ...provenance,
    sources: provenance.sources.map((source) =>
      source.profile
        ? { ...source, profile: { ...source.profile, columns: source.profile.columns.map(show) } }
        : source,
    ),
    rejected: provenance.rejected.map((row) => ({ ...row, reason: maskedEmails(row.reason) })),
    notes: provenance.notes.map(maskedEmails),
  };
}

/** Returns the function that masks the range of a column, and leaves out the sum of what is no figure. */
function shownProfile({ mapping }: Pick<Provenance, "mapping">) {
  const mapped = Object.values(mapping).map(({ columns }) => columns["customer_id"]);
  const isId = (name: string) =>
    isPersonal(name) || mapped.some((from) => (typeof from === "string" ? from === name : from?.sql.includes(name)));
  return ({ sum, ...column }: SourceColumnProfile): SourceColumnProfile => {
    const masked = isId(column.name);
    const min = shown(column.min, masked);
    const max = shown(column.max, masked);
    return { ...column, min, max, ...(sum === undefined || masked ? {} : { sum }) };
  };
}

/** Returns true for names of columns whose digits are no figures. */
function isPersonal(name: string): boolean {
  const words =
    name
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return PERSONAL.test(name) || words.some((word) => PERSONAL_WORDS.has(word)) || PEOPLE.test(words.join(" "));
}

const PERSONAL = /mail|phone|mobile|iban|address|street|postal|postcode|zip|passport/i;

/** Words that other names contain: "hotel" has "tel" in it. */
const PERSONAL_WORDS: ReadonlySet<string> = new Set(
  "tel telephone fax ssn card plz bic birthday birthdate dob surname firstname lastname fullname".split(" "),
);

/** Names of people; not those of products or shops. */
const PEOPLE =
  /^names?$|\b(?:first|last|full|given|family|middle|maiden|user|customer|client|contact|person|recipient|buyer) names?\b/;

function shown(value: string | number | null, isId: boolean): string | number | null {
  if (value === null) return null;
  const text = String(value);
  return !isId && (text === "" || FIGURE.test(text) || MOMENT.test(text)) ? value : maskedValue(text);
}

const FIGURE = /^[-+]?(?:\d{1,3}(?:[.,'’\s]\d{3})+|\d+)(?:[.,]\d*)?(?:e[-+]?\d+)?$/i;

/** Days, months and times. Other digits with signs between them may be telephone numbers, or hold the id of a customer. */
const MOMENT =
  /^(?:\d{4}[-/.]?(?:0[1-9]|1[0-2])|(?:\d{1,4}([-/.])\d{1,2}\1\d{1,4})?(?:[T\s]*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s?(?:Z|[-+]\d{2}(?::?\d{2})?)?)?)$/;
