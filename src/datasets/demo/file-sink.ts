import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { DemoFile, DemoSink } from "./sink.js";

const bufferedCharacters = 1 << 18;

/** Writes the files into a folder, a quarter of a million characters at a time. `close` ends what is still open. */
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
  let buffered = "";
  const flush = () => {
    const bytes = Buffer.from(buffered);
    buffered = "";
    for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
  };
  return {
    write(row) {
      buffered += `${row}\n`;
      if (buffered.length >= bufferedCharacters) flush();
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
