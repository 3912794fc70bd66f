import { createWriteStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { crc32, createInflateRaw } from "node:zlib";
import { messageOf } from "../../errors.js";

/** File in a zip archive. */
export interface ZipEntry {
  /** Name with folders, as stored in the archive: not safe as a path. */
  readonly name: string;
  readonly compressedBytes: number;
  readonly bytes: number;
  readonly method: number;
  readonly crc: number;
  readonly offset: number;
}

/**
 * Lists the files of a zip archive from its central directory.
 *
 * @throws {SyntaxError} If it is not a zip archive, is truncated, or is larger than 4 GiB.
 */
export async function zipEntries(path: string): Promise<ZipEntry[]> {
  return withFile(path, async (file) => {
    const { size } = await file.stat();
    const tail = await readAt(file, Math.max(0, size - 65_557), Math.min(size, 65_557));
    const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
    if (end < 0 || end + 22 > tail.length) throw new SyntaxError("it is not a zip archive, or it is truncated");
    const [count, length, start] = [
      tail.readUInt16LE(end + 10),
      tail.readUInt32LE(end + 12),
      tail.readUInt32LE(end + 16),
    ];
    if (start === 0xffffffff || count === 0xffff)
      throw new SyntaxError("it is a zip64 archive; expected one below 4 GiB");
    if (start + length > size) throw new SyntaxError("its directory is beyond its end; it is truncated");
    const directory = await readAt(file, start, length);
    const entries: ZipEntry[] = [];
    for (let at = 0, i = 0; i < count; ++i) {
      if (directory.readUInt32LE(at) !== 0x02014b50) throw new SyntaxError("its directory is damaged");
      const nameLength = directory.readUInt16LE(at + 28);
      entries.push({
        name: directory.toString("utf8", at + 46, at + 46 + nameLength),
        method: directory.readUInt16LE(at + 10),
        crc: directory.readUInt32LE(at + 16),
        compressedBytes: directory.readUInt32LE(at + 20),
        bytes: directory.readUInt32LE(at + 24),
        offset: directory.readUInt32LE(at + 42),
      });
      at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    }
    return entries;
  });
}

/**
 * Counts the bytes that the files of a zip archive unpack to, by unpacking them: a directory may say anything. Stops
 * above `most`. A damaged file counts with what can be read of it.
 */
export async function unpackedBytes(path: string, { most }: { readonly most: number }): Promise<number> {
  let bytes = 0;
  const entries = await zipEntries(path).catch(() => []);
  for (const { method, compressedBytes, offset } of entries) {
    await withFile(path, async (file) => {
      const header = await readAt(file, offset, 30);
      const start = offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
      const packed = file.createReadStream({ start, end: start + compressedBytes - 1, autoClose: false });
      const text = method === 8 ? packed.pipe(createInflateRaw()) : packed;
      try {
        for await (const chunk of text as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes > most) break;
        }
      } finally {
        packed.destroy();
      }
    }).catch(() => {});
    if (bytes > most) break;
  }
  return bytes;
}

/**
 * Extracts one file of a zip archive to `target` and verifies its length and checksum.
 *
 * @throws {SyntaxError} If the entry is damaged, encrypted, or not compressed with deflate.
 */
export async function unzipEntry(path: string, entry: ZipEntry, target: string): Promise<void> {
  if (entry.method !== 0 && entry.method !== 8) {
    throw new SyntaxError(
      `Cannot unzip "${path}": "${entry.name}" is packed by method ${entry.method}; expected deflate`,
    );
  }
  await withFile(path, async (file) => {
    const header = await readAt(file, entry.offset, 30);
    if (header.readUInt32LE(0) !== 0x04034b50) throw new SyntaxError(`"${entry.name}" is not where the directory says`);
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
    const packed = entry.compressedBytes
      ? file.createReadStream({ start, end: start + entry.compressedBytes - 1, autoClose: false })
      : Readable.from([]);
    let [bytes, crc] = [0, 0];
    async function* checked(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > entry.bytes) throw new SyntaxError(`"${entry.name}" is longer than its directory says`);
        crc = crc32(chunk, crc);
        yield chunk;
      }
      if (bytes !== entry.bytes || crc !== entry.crc) throw new SyntaxError(`"${entry.name}" is damaged`);
    }
    const sink = createWriteStream(target);
    await (entry.method === 8 ? pipeline(packed, createInflateRaw(), checked, sink) : pipeline(packed, checked, sink));
  });
}

async function withFile<T>(path: string, body: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path, "r");
  try {
    return await body(file);
  } catch (cause) {
    throw new SyntaxError(`Cannot unzip "${path}": ${messageOf(cause)}`, { cause });
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new SyntaxError("it is truncated");
  return buffer;
}
