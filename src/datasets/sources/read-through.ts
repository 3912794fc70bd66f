import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import iconv from "iconv-lite";
import { messageOf } from "../../errors.js";
import { sniffKind } from "../mapping/sniff.js";
import { sniffEncoding } from "./sniff-encoding.js";
import { raise, sizeInWords } from "./source-limits.js";

/** Result of one pass over a text file. */
export interface ReadThrough {
  readonly sha256: string;
  readonly gzip: boolean;
  /** Encoding of the text, as iconv names it: given, or by its bytes. */
  readonly encoding: string;
  /** Start of the text: at most 200 complete lines, without a byte order mark. */
  readonly start: string;
}

/**
 * Reads a text file once: returns its hash, its encoding, and its start; checks its gzip stream.
 *
 * @throws {SyntaxError} If the gzip stream is broken, the text contains zero bytes or is not in the encoding given, or a
 *   line is longer than `lineBytes`.
 */
export async function readThrough(
  path: string,
  { encoding: given, lineBytes }: { readonly encoding?: string | undefined; readonly lineBytes: number },
): Promise<ReadThrough> {
  // At least the longest header.
  const startBytes = lineBytes + 2;
  const beginning = await firstBytes(path);
  const kind = sniffKind(beginning);
  const gzip = kind === "gzip";
  if (given === "utf-8" && kind === "utf-16") {
    throw new SyntaxError(
      `Cannot read "${path}": it is UTF-16; set "encoding" to "${byteOrder(beginning)}", or leave it out`,
    );
  }
  const wide = /^utf-?(16|32)/.test(given ?? "") ? given : kind === "utf-16" ? byteOrder(beginning) : undefined;
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
  // At most the longest line, so that a line that is too long spans chunks.
  const text = textOf(path, { gzip, hash, chunkSize: lineBytes });
  let sinceLineEnd = 0;
  let wrong: { readonly offset: number; readonly problem: string; readonly isLong: boolean } | undefined;
  try {
    for await (const chunk of text) {
      if (bytes < startBytes) kept.push(chunk.subarray(0, startBytes - bytes));
      check(chunk);
      const lineEnd = firstLineEnd(chunk);
      const zero = wide === undefined ? chunk.indexOf(0) : -1;
      if (zero >= 0) wrong = { offset: bytes + zero, problem: "a zero byte", isLong: false };
      else if (sinceLineEnd + (lineEnd < 0 ? chunk.length : lineEnd) > lineBytes) {
        wrong = { offset: bytes - sinceLineEnd, problem: `more than ${sizeInWords(lineBytes)} of text`, isLong: true };
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
    throw new SyntaxError(
      `Cannot read "${path}": line ${line} has ${wrong.problem}; remove it from the file${wrong.isLong ? `, or ${raise("line_bytes")}` : ""}`,
    );
  }
  check();
  if (given === "utf-8" && !utf8) {
    const encoding = sniffEncoding(await sampleBeyondAscii(path, { gzip }));
    throw new SyntaxError(`Cannot read "${path}": it is not valid UTF-8; set "encoding" to "${encoding}", which fits`);
  }
  const encoding = wide ?? given ?? (utf8 ? "utf-8" : sniffEncoding(await sampleBeyondAscii(path, { gzip })));
  const start = wholeLines(iconv.decode(Buffer.concat(kept), encoding), { cut: bytes > startBytes });
  return { sha256: hash.digest("hex"), gzip, encoding, start };
}

/** Byte order of UTF-16: by its mark, or by the zero bytes of Latin text. */
function byteOrder(beginning: Uint8Array): string {
  return (beginning[0] === 0xfe && beginning[1] === 0xff) || beginning[0] === 0 ? "utf-16be" : "utf-16le";
}

/** Bytes of text by which its encoding is found out. */
const sampleBytes = 1 << 16;

/** Returns the first lines that hold bytes beyond ASCII. */
async function sampleBeyondAscii(path: string, { gzip }: { readonly gzip: boolean }): Promise<Uint8Array> {
  const sample: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of textOf(path, { gzip })) {
    for (let from = 0, at = 0; at < chunk.length && bytes < sampleBytes; ++at) {
      const isEnd = chunk[at] === 0x0a || chunk[at] === 0x0d;
      if (!isEnd && at < chunk.length - 1) continue;
      const line = chunk.subarray(from, at + 1);
      if (line.some((byte) => byte >= 0x80)) {
        sample.push(line);
        bytes += line.length;
      }
      from = at + 1;
    }
    if (bytes >= sampleBytes) break;
  }
  return Buffer.concat(sample);
}

/** Streams the text of a file, whose bytes as they are go into the hash. */
function textOf(
  path: string,
  { gzip, hash, chunkSize = 1 << 20 }: { readonly gzip: boolean; readonly hash?: Hash; readonly chunkSize?: number },
): AsyncIterable<Buffer> {
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
