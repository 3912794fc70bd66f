import { requireKnownOptions } from "../../../errors.js";
import { parseDelimited, shownCell } from "../../../text/index.js";
import { contactKey } from "../../lists/contact-key.js";
import type { ArmOfCustomer } from "../split-experiment.js";
import { customerNames, parseArm } from "./csv-columns.js";

/** Outcomes of an experiment, measured outside the dataset. */
export interface ParsedResults {
  /** By the customer's id in the split. */
  readonly byId: ReadonlyMap<string, { readonly spend: number | null; readonly converted: boolean }>;
  /** Customers in the results who are not in the split. */
  readonly unknown: number;
  /** Customers whom the results put into the other arm; the arm of the split counts. */
  readonly inOtherArm: number;
  readonly hasSpend: boolean;
}

/** Columns to read, and how customers are identified. */
export interface ResultsOptions {
  /** File name, for errors. */
  readonly what: string;
  readonly spendColumn?: string;
  readonly convertedColumn?: string;
  /** Column that identifies customers in the split. */
  readonly idColumn: "contact_key" | "customer_id";
  /** Key of the contact keys; needed where results and split identify customers differently. */
  readonly key: () => Promise<string>;
}

const yes = ["1", "true", "yes", "y"];
const no = ["0", "false", "no", "n"];

/**
 * Parses results of an experiment: `contact_key` or `customer_id`, and `spend`, `converted` or both.
 *
 * @throws {SyntaxError} If a column is missing, a value is not a number, a customer has two lines, or no customer is in the
 * split.
 */
export async function parseResults(
  text: string,
  split: readonly ArmOfCustomer[],
  options: ResultsOptions,
): Promise<ParsedResults> {
  requireKnownOptions("read the results of an experiment", options, {
    what: true,
    spendColumn: true,
    convertedColumn: true,
    idColumn: true,
    key: true,
  });
  const { what, spendColumn, convertedColumn, idColumn, key } = options;
  const { header, rows, at } = parseDelimited(text, { what });
  const given = ["contact_key", "customer_id"].find((name) => header.includes(name));
  // Without either, the error of the split's own column lists the columns of the file.
  const id = at(given ?? idColumn);
  const spend = spendColumn !== undefined || header.includes("spend") ? at(spendColumn ?? "spend") : undefined;
  const converted =
    convertedColumn !== undefined || header.includes("converted") ? at(convertedColumn ?? "converted") : undefined;
  if (spend === undefined && converted === undefined) {
    throw new SyntaxError(
      `Cannot read ${what}: it has no column "spend" or "converted"; name one with --spend-column or --converted-column; columns: ${header.join(", ")}`,
    );
  }
  const arm = header.includes("arm") ? header.indexOf("arm") : undefined;
  const nameOf = await naming({ given: given ?? idColumn, idColumn, key });
  const inSplit = new Map(split.map((row) => [nameOf.ofSplit(row.id), row]));
  const names = customerNames(rows, id, { what });
  const byId = new Map<string, { spend: number | null; converted: boolean }>();
  let [unknown, inOtherArm] = [0, 0];
  for (const [i, { line, fields }] of rows.entries()) {
    const amount = spend === undefined ? null : amountOf(fields[spend], { what, line, column: header[spend] });
    const bought =
      converted === undefined
        ? (amount as number) > 0
        : flagOf(fields[converted], { what, line, column: header[converted] });
    const claimed = arm === undefined ? undefined : parseArm(fields[arm], { what, line });
    const row = inSplit.get(nameOf.ofResults(names[i]));
    if (!row) {
      ++unknown;
      continue;
    }
    if (claimed !== undefined && claimed !== row.arm) ++inOtherArm;
    byId.set(row.id, { spend: amount, converted: bought });
  }
  if (!byId.size) {
    throw new SyntaxError(
      `Cannot read ${what}: none of its ${rows.length} customers is in the split; expected values of its column "${idColumn}"`,
    );
  }
  return { byId, unknown, inOtherArm, hasSpend: spend !== undefined };
}

interface Place {
  readonly what: string;
  readonly line: number;
  readonly column: string;
}

function amountOf(text: string, { what, line, column }: Place): number {
  const trimmed = text.trim();
  const amount = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
  if (amount >= 0 && amount < Number.POSITIVE_INFINITY) return amount;
  const expected = amount < 0 ? "spend of 0 or more, before returns" : "a number such as 12.50";
  throw new SyntaxError(
    `Cannot read ${what}: "${column}" on line ${line} is ${trimmed ? `"${shownCell(trimmed)}"` : "empty"}; expected ${expected}`,
  );
}

function flagOf(text: string, { what, line, column }: Place): boolean {
  const word = text.trim().toLowerCase();
  if (yes.includes(word)) return true;
  if (no.includes(word)) return false;
  throw new SyntaxError(
    `Cannot read ${what}: "${column}" on line ${line} is ${word ? `"${shownCell(text.trim())}"` : "empty"}; expected 1 or 0`,
  );
}

/** Translates the ids of split and results to one kind. */
async function naming({
  given,
  idColumn,
  key,
}: {
  readonly given: string;
  readonly idColumn: string;
  readonly key: () => Promise<string>;
}): Promise<Readonly<Record<"ofSplit" | "ofResults", (id: string) => string>>> {
  const same = (id: string) => id;
  if (given === idColumn) return { ofSplit: same, ofResults: same };
  const secret = await key();
  const keyed = (id: string) => contactKey(id, { key: secret });
  return given === "customer_id" ? { ofSplit: same, ofResults: keyed } : { ofSplit: keyed, ofResults: same };
}
