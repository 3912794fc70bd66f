import { contactKey } from "../../strategy/index.js";
import { customerNames, delimitedRows } from "./delimited-rows.js";
import { checkedArm, type SplitRow } from "./split-files.js";

/** What happened to the customers of an experiment, as somebody measured it. */
export interface Results {
  /** By the name that the split has for a customer. */
  readonly byId: ReadonlyMap<string, { readonly spend: number | null; readonly converted: boolean }>;
  /** Customers in the results who are not in the split. */
  readonly unknown: number;
  /** Customers whom the results put into the other group; the split counts. */
  readonly inOtherArm: number;
  readonly hasSpend: boolean;
}

/** Which columns to read, and how to find a customer. */
export interface ResultsOptions {
  /** File name, for messages. */
  readonly what: string;
  readonly spendColumn?: string;
  readonly convertedColumn?: string;
  /** Of the customers in the split. */
  readonly idColumn: "contact_key" | "customer_id";
  /** Key of the pseudonyms; needed where results and split name customers differently. */
  readonly key: () => Promise<string>;
}

const yes = ["1", "true", "yes", "y"];
const no = ["0", "false", "no", "n"];

/**
 * Reads results of an experiment: `contact_key` or `customer_id`, and `spend`, `converted` or both.
 *
 * @throws {SyntaxError} If a column is not there, a value is no number, a customer comes twice, or nobody of the split
 * is among them.
 */
export async function readResults(
  text: string,
  split: readonly SplitRow[],
  { what, spendColumn, convertedColumn, idColumn, key }: ResultsOptions,
): Promise<Results> {
  const { header, rows, at } = delimitedRows(text, { what });
  const given = ["contact_key", "customer_id"].find((name) => header.includes(name));
  // The message of the column that is missing names those that are there.
  const id = at(given ?? idColumn);
  const spend = spendColumn !== undefined || header.includes("spend") ? at(spendColumn ?? "spend") : undefined;
  const converted =
    convertedColumn !== undefined || header.includes("converted") ? at(convertedColumn ?? "converted") : undefined;
  if (spend === undefined && converted === undefined) {
    throw new SyntaxError(
      `Cannot read ${what}: it has neither a column "spend" nor "converted", name one with --spend-column or --converted-column; there are ${header.join(", ")}`,
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
    const claimed = arm === undefined ? undefined : checkedArm(fields[arm], { what, line });
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
      `Cannot read ${what}: none of its ${rows.length} customers is in the split, the names of its column "${idColumn}" are needed`,
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
  const needed = amount < 0 ? "spend from 0, before returns," : "a number such as 12.50";
  throw new SyntaxError(
    `Cannot read ${what}: "${column}" on line ${line} is ${trimmed ? `"${trimmed}"` : "empty"}, ${needed} is needed`,
  );
}

function flagOf(text: string, { what, line, column }: Place): boolean {
  const word = text.trim().toLowerCase();
  if (yes.includes(word)) return true;
  if (no.includes(word)) return false;
  throw new SyntaxError(
    `Cannot read ${what}: "${column}" on line ${line} is ${word ? `"${text.trim()}"` : "empty"}, 1 or 0 is needed`,
  );
}

/** Brings the names of split and results to one. */
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
