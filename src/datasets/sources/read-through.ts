import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { messageOf } from "../../errors.js";
import { sniffKind } from "../mapping/sniff.js";
import { sourceLimits } from "./source-limits.js";

/** Result of one pass over a text file. */
export interface ReadThrough {
  readonly sha256: string;
  readonly gzip: boolean;
  readonly utf8: boolean;
  /** Start of the text: at most 200 complete lines, without a byte order mark. */
  readonly start: string;
}

const longestLine = sourceLimits.lineBytes;

/** Bytes of text used to detect columns: at least the longest header. */
const startBytes = longestLine + 2;

/** At most the longest line, so that a line that is too long spans chunks. */
const chunkSize = longestLine;

/**
 * Reads a text file once: returns its hash, whether it is valid UTF-8, and its start; checks its gzip stream.
 *
 * @throws {SyntaxError} If the gzip stream is broken, the text contains zero bytes, or a line is longer than 1 MiB.
 */
export async function readThrough(path: string): Promise<ReadThrough> {
  const gzip = sniffKind(await firstBytes(path)) === "gzip";
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let utf8 = true;
  let bytes = 0;
  const kept: Buffer[] = [];
  const check = (chunk?: Buffer) => {
    try {
      if (utf8) decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      utf8 = false;
    }
  };
  const text = textOf(path, { gzip, hash });
  let sinceLineEnd = 0;
  let wrong: { readonly offset: number; readonly problem: string } | undefined;
  try {
    for await (const chunk of text) {
      if (bytes < startBytes) kept.push(chunk.subarray(0, startBytes - bytes));
      check(chunk);
      const lineEnd = firstLineEnd(chunk);
      const zero = chunk.indexOf(0);
      if (zero >= 0) wrong = { offset: bytes + zero, problem: "a zero byte" };
      else if (sinceLineEnd + (lineEnd < 0 ? chunk.length : lineEnd) > longestLine) {
        wrong = { offset: bytes - sinceLineEnd, problem: "more than 1 MiB of text" };
      }
      if (wrong) break;
      sinceLineEnd = lineEnd < 0 ? sinceLineEnd + chunk.length : chunk.length - 1 - lastLineEnd(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${path}": ${gzipReason(cause)}`, { cause });
  }
  if (wrong) {
    if (kept.length && Buffer.concat(kept).includes(0)) {
      throw new SyntaxError(`Cannot read "${path}": it is binary; expected text (CSV), Parquet or XLSX`);
    }
    const line = await lineAt(path, wrong.offset, { gzip });
    throw new SyntaxError(`Cannot read "${path}": line ${line} has ${wrong.problem}; remove it from the file`);
  }
  check();
  const beginning = Buffer.concat(kept);
  const start = wholeLines(beginning.toString(utf8 ? "utf8" : "latin1"), { cut: bytes > startBytes });
  return { sha256: hash.digest("hex"), gzip, utf8, start };
}

/** Streams the text of a file, whose bytes as they are go into the hash. */
function textOf(path: string, { gzip, hash }: { readonly gzip: boolean; readonly hash?: Hash }): AsyncIterable<Buffer> {
  const input = createReadStream(path, { highWaterMark: chunkSize });
  if (hash) input.on("data", (chunk) => hash.update(chunk));
  const text = gzip ? input.pipe(createGunzip({ chunkSize })) : input;
  input.on("error", (error) => text.destroy(error));
  return text;
}

/** Finds the line, from 1, of a byte of the text. */
async function lineAt(path: string, offset: number, { gzip }: { readonly gzip: boolean }): Promise<number> {
  let [line, bytes] = [1, 0];
  for await (const chunk of textOf(path, { gzip })) {
    const before = chunk.subarray(0, Math.max(0, offset - bytes));
    for (let at = 0; at < before.length; ++at) {
      // Old files end their lines by a carriage return alone.
      const isEnd = before[at] === 0x0a || (before[at] === 0x0d && (chunk[at + 1] ?? 0x0a) !== 0x0a);
      if (isEnd) ++line;
    }
    bytes += chunk.length;
    if (bytes > offset) break;
  }
  return line;
}

/** Place of the first line feed or carriage return; -1 if there is none. */
function firstLineEnd(chunk: Buffer): number {
  const ends = [chunk.indexOf(0x0a), chunk.indexOf(0x0d)].filter((at) => at >= 0);
  return ends.length ? Math.min(...ends) : -1;
}

function lastLineEnd(chunk: Buffer): number {
  return Math.max(chunk.lastIndexOf(0x0a), chunk.lastIndexOf(0x0d));
}

/** Reads the first bytes of a file, at most 4,096. */
export async function firstBytes(path: string): Promise<Uint8Array> {
  for await (const chunk of createReadStream(path, { end: 4095 })) return chunk as Uint8Array;
  return new Uint8Array();
}

function wholeLines(text: string, { cut }: { cut: boolean }): string {
  const lines = text.replace(/^\uFEFF/, "").split(/(?<=\r\n|\n|\r(?!\n))/);
  return (cut && lines.length > 1 ? lines.slice(0, -1) : lines).slice(0, 200).join("");
}

function gzipReason(cause: unknown): string {
  const reason = messageOf(cause);
  return /unexpected end of file/.test(reason)
    ? "the gzip stream is truncated"
    : `the gzip stream is damaged (${reason})`;
}
