import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { messageOf } from "../../errors.js";
import type { Measured } from "./count-orders.js";
import { readResults } from "./read-results.js";
import type { SplitManifest, SplitRow } from "./split-files.js";

/** How a file of results is read. */
export interface ResultsFileOptions {
  readonly manifest: SplitManifest;
  /** Everyone in the split, those among them who are no longer in the dataset. */
  readonly rows: readonly SplitRow[];
  /** Customers without a line bought nothing, or are left out; undefined refuses to take either for granted. */
  readonly missing: "zero" | "drop" | undefined;
  readonly spendColumn: string | undefined;
  readonly convertedColumn: string | undefined;
  readonly secret: () => Promise<string>;
}

/**
 * What a file says of the customers of a split.
 *
 * @param there Those who are still in the dataset, and count.
 * @throws {Error} If the file cannot be read, or lacks customers and nobody said what that means.
 */
export async function readResultsFile(
  path: string,
  there: readonly SplitRow[],
  { manifest, rows, secret, missing, spendColumn, convertedColumn }: ResultsFileOptions,
): Promise<Measured> {
  const what = basename(path);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new Error(`Cannot read the results: ${messageOf(cause)}`, { cause });
  });
  const results = await readResults(text, rows, {
    what,
    idColumn: manifest.id_column,
    key: secret,
    ...(spendColumn === undefined ? {} : { spendColumn }),
    ...(convertedColumn === undefined ? {} : { convertedColumn }),
  });
  const without = there.filter(({ id }) => !results.byId.has(id)).length;
  if (without && missing === undefined) {
    throw new RangeError(
      `Cannot read "${manifest.name}": ${without} of its ${there.length} customers have no line in ${what}; --missing zero if they bought nothing, --missing drop if nobody knows`,
    );
  }
  const read = missing === "drop" ? there.filter(({ id }) => results.byId.has(id)) : there;
  const resultOf = (id: string) => results.byId.get(id) ?? { spend: 0, converted: false };
  return {
    rows: read,
    converted: Float64Array.from(read, ({ id }) => Number(resultOf(id).converted)),
    ...(results.hasSpend ? { spend: Float64Array.from(read, ({ id }) => resultOf(id).spend as number) } : {}),
    days: null,
    missing: without,
    unknown: results.unknown,
    inOtherArm: results.inOtherArm,
    source: `"${manifest.name}": ${what} for ${read.length} customers`,
    remarks: [
      ...(without
        ? [
            `${missing === "drop" ? "left out" : "counted as having bought nothing"}: ${without} without a line in ${what}`,
          ]
        : []),
    ],
  };
}
