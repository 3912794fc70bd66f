import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

/** How the bytes of a text are read before they are written as UTF-8. */
export interface RewriteOptions {
  readonly gzip: boolean;
  readonly encoding: "utf-8" | "latin-1";
  /** The line that takes the place of a line; nothing leaves it out. */
  readonly line: (line: string) => string | undefined;
}

/** Writes a text file line by line into another: UTF-8, LF, no byte order mark, not compressed. */
export async function rewriteText(path: string, target: string, { gzip, encoding, line }: RewriteOptions) {
  const input = createReadStream(path);
  const text = gzip ? input.pipe(createGunzip()) : input;
  text.setEncoding(encoding === "utf-8" ? "utf8" : "latin1");
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  async function* rewritten() {
    let first = true;
    for await (const read of lines) {
      const written = line(first ? read.replace(/^\uFEFF/, "") : read);
      first = false;
      if (written !== undefined) yield `${written}\n`;
    }
  }
  await pipeline(rewritten, createWriteStream(target));
}
