import type { RegisteredModelsClient } from "./registered-models.js";

/** Aliases of the registry: the version in use, its challenger, and the version used before. */
export const CHAMPION = "champion";
export const CHALLENGER = "challenger";
export const PREVIOUS_CHAMPION = "previous-champion";

/** Versions of a registered model by alias. */
export interface ModelAliases {
  readonly champion: string | undefined;
  readonly challenger: string | undefined;
  readonly previousChampion: string | undefined;
}

/** Returns the versions that hold the aliases. @throws {TrackingError} If there is no such model. */
export async function modelAliases(registry: RegisteredModelsClient, name: string): Promise<ModelAliases> {
  const { aliases } = await registry.get(name);
  return {
    champion: aliases[CHAMPION],
    challenger: aliases[CHALLENGER],
    previousChampion: aliases[PREVIOUS_CHAMPION],
  };
}

/**
 * Makes the challenger the champion; the old champion becomes `previous-champion`. The caller decides on the promotion.
 *
 * @throws {RangeError} If nobody challenges.
 */
export async function promoteChallenger(registry: RegisteredModelsClient, name: string): Promise<ModelAliases> {
  const { champion, challenger } = await modelAliases(registry, name);
  if (challenger === undefined) {
    throw new RangeError(
      `Cannot promote a version of "${name}": none has the alias "${CHALLENGER}"; log a model with that alias first`,
    );
  }
  if (champion !== undefined && champion !== challenger) {
    await registry.setAlias(name, PREVIOUS_CHAMPION, champion);
  }
  // In this order a lost connection leaves two aliases on one version, never a model without a champion.
  await registry.setAlias(name, CHAMPION, challenger);
  await registry.deleteAlias(name, CHALLENGER);
  return modelAliases(registry, name);
}

/**
 * Makes the previous champion the champion again.
 *
 * @throws {RangeError} If there was none.
 */
export async function restoreChampion(registry: RegisteredModelsClient, name: string): Promise<ModelAliases> {
  const { previousChampion } = await modelAliases(registry, name);
  if (previousChampion === undefined) {
    throw new RangeError(
      `Cannot restore a version of "${name}": none has the alias "${PREVIOUS_CHAMPION}"; promote a challenger first`,
    );
  }
  await registry.setAlias(name, CHAMPION, previousChampion);
  await registry.deleteAlias(name, PREVIOUS_CHAMPION);
  return modelAliases(registry, name);
}
