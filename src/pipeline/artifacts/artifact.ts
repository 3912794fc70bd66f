import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Static, TSchema } from "typebox";
import { parseJson } from "../../schema/index.js";
import { readWhole } from "../../storage/index.js";

/** Folders of a dataset's artifacts. */
export interface ArtifactFolders {
  /** Folder of the artifacts of this dataset. */
  readonly out: string;
  /** Folder of the reports of all datasets. */
  readonly reports: string;
  readonly dataset: string;
}

/** One file that a stage writes and others read. */
export interface Artifact<T> {
  /** In words, for messages: "the feature store". */
  readonly title: string;
  /** Name of the stage that makes it. */
  readonly madeBy: string;
  /** The folder that it lies in, with the manifest of its stage. */
  folder(folders: ArtifactFolders): string;
  /** Relative to the folder. */
  readonly file: string;
  /** Reads it. */
  read(folder: string): Promise<T>;
}

/** Origin of an artifact. */
export interface ArtifactPlace {
  readonly title: string;
  readonly madeBy: string;
  /** Name of the folder below that of all artifacts. */
  readonly in: string;
  readonly file: string;
}

/** Declares an artifact that is read as its path, such as a Parquet file. */
export function fileArtifact({ title, madeBy, in: name, file }: ArtifactPlace): Artifact<string> {
  return { title, madeBy, file, folder: ({ out }) => join(out, name), read: async (folder) => join(folder, file) };
}

/**
 * Declares a JSON artifact, which is checked when it is read.
 *
 * @param decode Makes the value of what is in the file; by default it is the same. Refuses what the schema cannot, as `Cannot <action>: …`.
 */
export function jsonArtifact<S extends TSchema, T = Static<S>>(
  schema: S,
  place: ArtifactPlace,
  decode: (content: Static<S>, action: string) => T = (content) => content as T,
): Artifact<T> {
  return {
    ...fileArtifact(place),
    read: async (folder) => {
      const path = join(folder, place.file);
      const action = `read "${path}"`;
      return decode(parseJson(schema, await readWhole(folder, () => readFile(path, "utf8")), { action }), action);
    },
  };
}
