/** Returns true for the name of a dataset: lower-case letters, digits and hyphens. */
export function isDatasetName(name: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,63}$/.test(name);
}
