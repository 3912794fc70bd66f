import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type OptionNames, requireKnownOptions } from "../../../errors.js";
import { replaceFolder } from "../../../storage/index.js";
import { type DemoTruth, demoSteps } from "../generate-demo.js";
import { type DemoOptions, requireDemoOptions } from "../options.js";
import { fileSink } from "./file-sink.js";

/** Options for writing the demo: progress and cancellation. */
export interface WriteDemoOptions {
  /** Called with the number of customers done, every thousand; defaults to no call. */
  readonly onProgress?: (customersDone: number) => void;
  /** Cancels the writing within a thousand customers; the old folder stays. */
  readonly signal?: AbortSignal | undefined;
}

/** The names of {@link WriteDemoOptions}. */
export const writeDemoOptions: OptionNames<WriteDemoOptions> = { onProgress: true, signal: true };

/**
 * Writes the demo's files into `folder`: transactions.csv, customers.csv, products.csv, stores.csv, promotions.csv,
 * contacts.csv, and the ground truth, truth.csv and truth.json. The folder is replaced as a whole.
 *
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} If the files cannot be written; the signal's reason if it aborts.
 */
export async function writeDemo(
  folder: string,
  options: DemoOptions,
  effects: WriteDemoOptions = {},
): Promise<DemoTruth> {
  requireKnownOptions("write the demo", effects, writeDemoOptions);
  const { onProgress = () => {}, signal } = effects;
  requireDemoOptions(options);
  return replaceFolder(folder, async (temporary) => {
    const sink = fileSink(temporary);
    try {
      const steps = demoSteps(options, sink);
      for (;;) {
        signal?.throwIfAborted();
        const { done, value } = steps.next();
        if (done) {
          await writeFile(join(temporary, "truth.json"), `${JSON.stringify(value, null, 2)}\n`);
          return value;
        }
        onProgress(value);
        // Let timers and signals run.
        await setImmediate();
      }
    } finally {
      sink.abandon();
    }
  });
}
