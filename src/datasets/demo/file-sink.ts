import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { DemoFile, DemoSink } from "./sink.js";

const bufferedRows = 4096;

/** Writes the files into a folder, some thousand rows at a time. `close` ends what is still open. */
export function fileSink(folder: string): DemoSink & { close(): void } {
  mkdirSync(folder, { recursive: true });
  const open = new Set<DemoFile>();
  return {
    open(fileName, header) {
      const file = openFile(join(folder, fileName), () => open.delete(file));
      open.add(file);
      file.write(header.join(","));
      return file;
    },
    close() {
      for (const file of open) file.close();
    },
  };
}

function openFile(path: string, onClose: () => void): DemoFile {
  const descriptor = openSync(path, "wx");
  let rows: string[] = [];
  const flush = () => {
    rows.push("");
    const bytes = Buffer.from(rows.join("\n"));
    rows = [];
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  };
  return {
    write(row) {
      if (rows.push(row) === bufferedRows) flush();
    },
    close() {
      onClose();
      try {
        flush();
      } finally {
        closeSync(descriptor);
      }
    },
  };
}
