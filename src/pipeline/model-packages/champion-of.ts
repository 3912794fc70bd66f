import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { messageOf } from "../../errors.js";
import { withTemporaryFolder } from "../../storage/index.js";
import { CHAMPION, type MlflowClient, TrackingError } from "../../tracking/index.js";
import { CARD_FILE, type ModelCard } from "./model-card.js";
import { openModelPackage } from "./open-model-package.js";
import type { PackagedModel } from "./packaged-model.js";

/** The model that is in use under a name. */
export interface Champion extends PackagedModel {
  readonly name: string;
  /** Number in the registry; undefined of a model from a folder. */
  readonly version: string | undefined;
}

/** Place of a champion: the registry or, without a client, a folder. */
export type ChampionSource =
  | {
      readonly client: Pick<MlflowClient, "registeredModels" | "artifacts">;
      /** Folder for files while they are read, such as one below `mlruns`. */
      readonly cache: string;
    }
  | {
      readonly client?: undefined;
      /** Folder that `writeModelPackage` wrote. */
      readonly folder: string;
    };

/**
 * Opens the champion of a name: the version of the registered model that has the alias `champion`, or the package in a
 * folder. It predicts the same numbers as the model that was packaged.
 *
 * @throws {RangeError} If there is no such model or champion, or its package cannot be read.
 * @throws {TrackingError} If the server does not answer.
 *
 * @example
 * const X = { nRows: 4, nCols: 1, data: Float64Array.of(3, 40, 25, 9), columnNames: ["recency_days"] };
 * const folder = "artifacts/shop/churn/champion";
 * await writeModelPackage(folder, packageModel(fitLogisticRegression(X, [0, 1, 0, 1]), { inputExample: X }));
 * const champion = await championOf("shop-churn", { folder });
 * champion.predict(X).length; // 4
 * champion.close();
 */
export async function championOf(name: string, source: ChampionSource): Promise<Champion> {
  if (!source.client) {
    const model = await opened(`"${name}" in "${source.folder}"`, () => openModelPackage(source.folder));
    return { ...model, name, version: undefined };
  }
  const { registeredModels, artifacts } = source.client;
  const found = await registeredModels.getVersionByAlias(name, CHAMPION);
  if (!found) {
    const isThere = (await registeredModels.search({ filter: `name = '${name.replaceAll("'", "\\'")}'` })).length > 0;
    throw new RangeError(
      isThere
        ? `Cannot open the champion of "${name}": no version has the alias "${CHAMPION}"; promote one`
        : `Cannot open the champion of "${name}": the registry has no model of that name; train and register one`,
    );
  }
  const { version, source: artifactUri } = found;
  return withTemporaryFolder(join(source.cache, "champion"), async (folder) => {
    const model = await opened(`"${name}", version ${version}`, async () => {
      const paths = (await artifacts.list(artifactUri)).map(({ path }) => path);
      if (!paths.includes(CARD_FILE)) {
        const there = paths.join(", ") || "none";
        throw new RangeError(`its files are ${there}; expected a model that Rekindle packaged, with ${CARD_FILE}`);
      }
      await artifacts.downloadFile(artifactUri, CARD_FILE, join(folder, CARD_FILE));
      const data = fileIn(await readFile(join(folder, CARD_FILE), "utf8"));
      if (data !== undefined && paths.includes(data)) {
        await artifacts.downloadFile(artifactUri, data, join(folder, data));
      }
      return openModelPackage(folder);
    });
    return { ...model, name, version };
  });
}

/** File of the model that a card names, if it can be read; opening the package reports what is wrong with it. */
function fileIn(card: string): string | undefined {
  try {
    return (JSON.parse(card) as Partial<ModelCard> | null)?.data;
  } catch {
    return undefined;
  }
}

/** Opens a model; an error says of which champion. */
async function opened(what: string, open: () => Promise<PackagedModel>): Promise<PackagedModel> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof TrackingError) throw error;
    const found = messageOf(error).replace(/^Cannot open the model in "[^"]*": /, "");
    throw new RangeError(`Cannot open the champion of ${what}: ${found}`, { cause: error });
  }
}
