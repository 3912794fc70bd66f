import { createWriteStream, openAsBlob } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Type } from "../../schema/index.js";
import { replaceFile } from "../../storage/index.js";
import { hasCode, TrackingError } from "./errors.js";
import type { Transport } from "./request.js";
import { fromWireInteger, wireInteger } from "./wire.js";

/** A file or folder below a run or a logged model. */
export interface ArtifactEntry {
  /** From the run's or model's root, with slashes. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Bytes; absent for a folder. */
  readonly size: number | undefined;
}

/**
 * Files of runs and logged models, through the server. The first argument is `artifactUri` of the run or the model,
 * paths are relative to it.
 *
 * Each throws a {@link TrackingError} if the server keeps artifacts elsewhere without passing them on.
 */
export interface ArtifactsClient {
  /** Uploads one file, streamed. `path` is its whole new path. */
  uploadFile(artifactUri: string, file: string, path?: string): Promise<void>;
  uploadText(artifactUri: string, text: string, path: string): Promise<void>;
  /** Uploads what is below a folder and gives the new paths, sorted. */
  uploadFolder(artifactUri: string, folder: string, path?: string): Promise<string[]>;
  /** Downloads one file to `file`, which holds the old content or all of the new. */
  downloadFile(artifactUri: string, path: string, file: string): Promise<void>;
  readText(artifactUri: string, path: string): Promise<string>;
  /** Downloads what is below `path` into `folder` and gives the paths, sorted. */
  downloadFolder(artifactUri: string, path: string, folder: string): Promise<string[]>;
  /** Lists the direct entries of a folder, sorted; empty if there is no such folder. */
  list(artifactUri: string, folder?: string): Promise<ArtifactEntry[]>;
  delete(artifactUri: string, path: string): Promise<void>;
}

const wireFile = Type.Object({
  path: Type.String(),
  is_dir: Type.Optional(Type.Boolean()),
  file_size: Type.Optional(wireInteger),
});
const fileList = Type.Object({ files: Type.Optional(Type.Array(wireFile)) });

const PROXY = "/api/2.0/mlflow-artifacts/artifacts";

/** Creates the artifact requests of one server. */
export function createArtifactsClient({ json, read }: Transport): ArtifactsClient {
  const put = async (artifactUri: string, content: Blob, path: string): Promise<void> => {
    const action = `upload "${path}"`;
    const target = `${PROXY}/${encoded(locate(artifactUri, path, action))}`;
    await json({ action, method: "PUT", path: target, content });
  };

  const get = async <T>(artifactUri: string, path: string, take: (response: Response) => Promise<T>) => {
    const action = `download "${path}"`;
    return read({ action, method: "GET", path: `${PROXY}/${encoded(locate(artifactUri, path, action))}` }, take);
  };

  const client: ArtifactsClient = {
    uploadFile: async (artifactUri, file, path = basename(file)) => {
      let content: Blob;
      try {
        content = await openAsBlob(file);
      } catch (cause) {
        throw new Error(
          `Cannot upload "${path}": "${file}" is not a file that can be read; check the path and its permissions`,
          { cause },
        );
      }
      await put(artifactUri, content, path);
    },
    uploadText: (artifactUri, text, path) => put(artifactUri, new Blob([text]), path),
    uploadFolder: async (artifactUri, folder, path = "") => {
      const paths: string[] = [];
      for (const file of await filesBelow(folder)) {
        paths.push(joined(path, file));
        await client.uploadFile(artifactUri, join(folder, file), joined(path, file));
      }
      return paths;
    },
    downloadFile: async (artifactUri, path, file) => {
      try {
        await replaceFile(file, (temporary) =>
          get(artifactUri, path, async (response) => {
            const body = response.body as ReadableStream<Uint8Array> | null;
            await pipeline(body === null ? Readable.from([]) : Readable.fromWeb(body), createWriteStream(temporary));
          }),
        );
      } catch (error) {
        throw error instanceof Error && error.cause instanceof TrackingError ? error.cause : error;
      }
    },
    readText: (artifactUri, path) => get(artifactUri, path, (response) => response.text()),
    downloadFolder: async (artifactUri, path, folder) => {
      const paths: string[] = [];
      for (const entry of await client.list(artifactUri, path)) {
        const target = join(folder, basename(entry.path));
        if (entry.isFolder) paths.push(...(await client.downloadFolder(artifactUri, entry.path, target)));
        else {
          await client.downloadFile(artifactUri, entry.path, target);
          paths.push(entry.path);
        }
      }
      return paths.sort();
    },
    list: async (artifactUri, folder = "") => {
      const action = `list artifacts in "${folder}"`;
      const query = { path: locate(artifactUri, folder, action) };
      try {
        const { files = [] } = await json({ action, method: "GET", path: PROXY, query }, fileList);
        const entries = files.map((file) => ({
          path: joined(folder, basename(file.path)),
          isFolder: file.is_dir ?? false,
          size: file.is_dir ? undefined : fromWireInteger(file.file_size),
        }));
        return entries.sort((a, b) => (a.path < b.path ? -1 : 1));
      } catch (error) {
        if (hasCode(error, "RESOURCE_DOES_NOT_EXIST")) return [];
        throw error;
      }
    },
    delete: async (artifactUri, path) => {
      const action = `delete artifact "${path}"`;
      await json({ action, method: "DELETE", path: `${PROXY}/${encoded(locate(artifactUri, path, action))}` });
    },
  };
  return client;
}

/** Returns the files below a folder, as sorted paths with slashes relative to it. */
export async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  const visit = async (inner: string): Promise<void> => {
    for (const entry of await readdir(join(folder, inner), { withFileTypes: true })) {
      const path = joined(inner, entry.name);
      if (entry.isDirectory()) await visit(path);
      else if (entry.isFile()) files.push(path);
    }
  };
  await visit("");
  return files.sort();
}

/**
 * Checks a path by the server's rules.
 *
 * @throws {RangeError} If MLflow would refuse it or write elsewhere; it decodes percent signs more than once.
 */
export function requireArtifactPath(path: string): void {
  const parts = path.split("/");
  const isSafe = parts.every((part) => part !== "" && part !== "." && part !== "..");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!isSafe || /[#%\\\u0000-\u001f]/.test(path)) {
    throw new RangeError(
      `Cannot use "${path}" as an artifact path: expected a relative path with single slashes and without "..", "#", "%" or "\\"`,
    );
  }
}

/** Joins a folder, possibly empty, and a path below it by a slash. */
export function joined(folder: string, path: string): string {
  return folder === "" ? path : `${folder}/${path}`;
}

function locate(artifactUri: string, path: string, action: string): string {
  const match = /^mlflow-artifacts:(?:\/\/[^/]*)?\/(.*)$/.exec(artifactUri);
  if (!match) {
    throw new TrackingError(
      `Cannot ${action}: the server keeps artifacts at "${artifactUri}" and does not proxy them; start it with --serve-artifacts and --artifacts-destination`,
      { kind: "rejected", endpoint: PROXY },
    );
  }
  if (path !== "") requireArtifactPath(path);
  return path === "" ? match[1] : joined(match[1], path);
}

function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
