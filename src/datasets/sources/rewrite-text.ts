import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

/** Options for rewriting a text file as UTF-8. */
export interface RewriteOptions {
  readonly gzip: boolean;
  readonly encoding: "utf-8" | "latin-1";
  /** Returns the replacement of a line; undefined drops it. */
  readonly line: (line: string) => string | undefined;
}

/** Rewrites a text file line by line: UTF-8, LF, without byte order mark and compression. */
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
