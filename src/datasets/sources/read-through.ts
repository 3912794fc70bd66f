import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { messageOf } from "../../errors.js";
import { sniffKind } from "../mapping/sniff.js";

/** Result of one pass over a text file. */
export interface ReadThrough {
  readonly sha256: string;
  readonly gzip: boolean;
  readonly utf8: boolean;
  /** Start of the text: at most 200 complete lines, without a byte order mark. */
  readonly start: string;
}

/** Bytes of text used to detect columns. */
const startBytes = 1 << 18;

/**
 * Reads a text file once: returns its hash, whether it is valid UTF-8, and its start; checks its gzip stream.
 *
 * @throws {SyntaxError} If the gzip stream is broken or the text contains zero bytes.
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
    throw new SyntaxError(`Cannot read "${path}": it is binary; expected text (CSV), Parquet or XLSX`);
  }
  const start = wholeLines(beginning.toString(utf8 ? "utf8" : "latin1"), { cut: bytes > startBytes });
  return { sha256: hash.digest("hex"), gzip, utf8, start };
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
