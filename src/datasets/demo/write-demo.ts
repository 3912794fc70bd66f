import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { messageOf } from "../../errors.js";
import { fileSink } from "./file-sink.js";
import { type DemoTruth, generateDemo } from "./generate-demo.js";
import { type DemoOptions, requireDemoOptions } from "./options.js";

/**
 * Writes the demo's files into `folder`: transactions.csv, customers.csv, products.csv, stores.csv, promotions.csv,
 * contacts.csv, and what is hidden from the workbench, truth.csv and truth.json. They are made in a temporary folder
 * beside it, which then takes the place of `folder`: all of the new or all of the old is there.
 *
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} If the files cannot be written.
 */
export async function writeDemo(
  folder: string,
  options: DemoOptions,
  { onProgress = () => {} }: { onProgress?: (customersDone: number) => void } = {},
): Promise<DemoTruth> {
  requireDemoOptions(options);
  const suffix = randomBytes(4).toString("hex");
  const temporary = `${folder}.${suffix}.tmp`;
  const old = `${folder}.${suffix}.old`;
  try {
    await mkdir(dirname(folder), { recursive: true });
    const sink = fileSink(temporary);
    let truth: DemoTruth;
    try {
      truth = generateDemo(options, sink, { onProgress });
    } finally {
      sink.abandon();
    }
    await writeFile(join(temporary, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
    if (existsSync(folder)) await rename(folder, old);
    await rename(temporary, folder);
    await rm(old, { recursive: true, force: true });
    return truth;
  } catch (cause) {
    // What went wrong matters more than a leftover that cannot be removed.
    await rm(temporary, { recursive: true, force: true }).catch(() => {});
    if (existsSync(old) && !existsSync(folder)) await rename(old, folder);
    throw new Error(`Cannot write the demo to "${folder}": ${messageOf(cause)}`, { cause });
  }
}
