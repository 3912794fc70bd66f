import { createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { messageOf } from "../../errors.js";
import { withTemporaryFolder } from "../../storage/index.js";

/** Options for downloading a file. */
export interface DownloadOptions {
  /** Folder for the temporary file. */
  readonly folder: string;
  /** Maximum size in bytes; defaults to 4 GiB. */
  readonly maxBytes?: number;
  /** Timeout in milliseconds without data; defaults to 60,000. */
  readonly timeoutMs?: number;
}

/** Returns true for an http or https address. */
export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** Returns an address without user name and password; a path unchanged. */
export function withoutPassword(source: string): string {
  return source.replace(/^(https?:\/\/)[^/?#]*@/i, "$1");
}

/**
 * Downloads a file, calls `use` with its path, and deletes it.
 *
 * @throws {Error} If the server does not respond, responds with an error or a web page, or sends an incomplete file.
 */
export async function downloaded<T>(
  url: string,
  { folder, maxBytes = 4 * 1024 ** 3, timeoutMs = 60_000 }: DownloadOptions,
  use: (path: string) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(join(folder, ".download"), async (temporary) => {
    const path = await download(url, temporary, { maxBytes, timeoutMs }).catch((cause: unknown) => {
      throw new Error(`Cannot download "${withoutPassword(url)}": ${reasonOf(cause)}`, { cause });
    });
    return use(path);
  });
}

async function download(url: string, folder: string, limits: { maxBytes: number; timeoutMs: number }): Promise<string> {
  if (withoutPassword(url) !== url)
    throw new Error("it contains a user name or a password; use an address without them");
  const path = join(folder, fileName(url));
  const patience = new AbortController();
  let timer = setTimeout(() => patience.abort(), limits.timeoutMs);
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => patience.abort(), limits.timeoutMs);
  };
  try {
    const response = await fetch(url, { signal: patience.signal });
    if (!response.ok || !response.body) throw new Error(`the server answers ${response.status} ${response.statusText}`);
    const type = response.headers.get("content-type") ?? "";
    if (/^text\/html/i.test(type)) throw new Error("the server sends a web page; expected a data file");
    const announced = Number(response.headers.get("content-length") ?? Number.NaN);
    if (announced > limits.maxBytes) throw tooLarge(limits.maxBytes);
    // fetch decompresses the transfer, so the announced length is then different.
    const packed = response.headers.has("content-encoding");
    let bytes = 0;
    async function* counted(chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        wait();
        bytes += chunk.length;
        if (bytes > limits.maxBytes) throw tooLarge(limits.maxBytes);
        yield chunk;
      }
    }
    await pipeline(Readable.fromWeb(response.body as never), counted, createWriteStream(path));
    if (!packed && announced >= 0 && bytes !== announced) {
      throw new Error(`the connection ended after ${bytes} of ${announced} bytes`);
    }
    if (bytes === 0) throw new Error("the server sends an empty file");
    return path;
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge(maxBytes: number): Error {
  return new Error(`it is larger than ${maxBytes} bytes`);
}

/** Returns the reason of a failure; fetch reports it only as the cause of "fetch failed". */
function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === "AbortError") return "the server timed out";
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined
    ? messageOf(error)
    : `${messageOf(error)} (${messageOf(cause) || (cause as NodeJS.ErrnoException).code})`;
}

function fileName(url: string): string {
  const name = basename(decodeURIComponent(new URL(url).pathname)).replace(/[^\w.+ -]/g, "_");
  return name || "download";
}
