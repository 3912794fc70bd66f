import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { csvRow } from "../../../text/index.js";
import type { DemoSink } from "./sink.js";

const bufferedRows = 4096;

/** Writes the files into a folder, buffered. `abandon` closes files that are still open. */
export function fileSink(folder: string): DemoSink & { abandon(): void } {
  mkdirSync(folder, { recursive: true });
  const descriptors = new Set<number>();
  return {
    open(fileName, header) {
      const descriptor = openSync(join(folder, fileName), "wx");
      descriptors.add(descriptor);
      const write = bufferedWriter(descriptor);
      write(csvRow(header));
      return {
        write,
        close() {
          write(undefined);
          descriptors.delete(descriptor);
          closeSync(descriptor);
        },
      };
    },
    abandon() {
      for (const descriptor of descriptors) closeSync(descriptor);
      descriptors.clear();
    },
  };
}

/** Returns a function that writes rows, and the rest of the buffer for `undefined`. */
function bufferedWriter(descriptor: number): (row: string | undefined) => void {
  let rows: string[] = [];
  return (row) => {
    if (row !== undefined && rows.push(row) < bufferedRows) return;
    rows.push("");
    const bytes = Buffer.from(rows.join("\n"));
    rows = [];
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  };
}
