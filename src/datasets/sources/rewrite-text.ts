import { createReadStream, createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import iconv from "iconv-lite";

/** Options for rewriting a text file as UTF-8. */
export interface RewriteOptions {
  readonly gzip: boolean;
  readonly encoding: string;
  /** Lines to leave out at the start. */
  readonly skip: number;
  /** Returns the replacement of a line; undefined drops it. */
  readonly line: (line: string) => string | undefined;
}

/** Rewrites a text file line by line: UTF-8, LF, without byte order mark and compression. */
export async function rewriteText(path: string, target: string, { gzip, encoding, skip, line }: RewriteOptions) {
  const decoder = iconv.decodeStream(encoding);
  const text = new PassThrough({ encoding: "utf8" });
  const decoded = gzip
    ? pipeline(createReadStream(path), createGunzip(), decoder, text)
    : pipeline(createReadStream(path), decoder, text);
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  async function* rewritten() {
    let number = 0;
    for await (const read of lines) {
      if (++number <= skip) continue;
      const written = line(number === 1 ? read.replace(/^\uFEFF/, "") : read);
      if (written !== undefined) yield `${written}\n`;
    }
  }
  await Promise.all([decoded, pipeline(rewritten, createWriteStream(target))]);
}
