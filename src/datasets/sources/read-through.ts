import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { messageOf } from "../../errors.js";
import { sniffKind } from "../mapping/sniff.js";

/** What one pass over a text file tells. */
export interface ReadThrough {
  readonly sha256: string;
  readonly gzip: boolean;
  readonly utf8: boolean;
  /** The beginning of the text, at most 200 lines, whole ones only, without a byte order mark. */
  readonly start: string;
}

/** How much of the text is looked at when columns are sniffed. */
const startBytes = 1 << 18;

/**
 * Reads a whole text file once: its hash, whether it is valid UTF-8, whether its gzip stream is whole, how it begins.
 *
 * @throws {SyntaxError} If the gzip stream is broken or the text holds zero bytes.
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
  const input = createReadStream(path, { highWaterMark: 1 << 20 });
  input.on("data", (chunk) => hash.update(chunk));
  const text = gzip ? input.pipe(createGunzip({ chunkSize: 1 << 20 })) : input;
  input.on("error", (error) => text.destroy(error));
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      if (bytes < startBytes) kept.push(chunk.subarray(0, startBytes - bytes));
      bytes += chunk.length;
      check(chunk);
    }
  } catch (cause) {
    throw new SyntaxError(`Cannot read "${path}": ${gzipReason(cause)}`, { cause });
  }
  check();
  const beginning = Buffer.concat(kept);
  if (beginning.includes(0)) {
    throw new SyntaxError(`Cannot read "${path}": it is binary, text (CSV), Parquet or XLSX is needed`);
  }
  const start = wholeLines(beginning.toString(utf8 ? "utf8" : "latin1"), { cut: bytes > startBytes });
  return { sha256: hash.digest("hex"), gzip, utf8, start };
}

/** The first bytes of a file, at most 4,096. */
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
    ? "the gzip stream ends too early, the file is truncated"
    : `the gzip stream is damaged (${reason})`;
}
