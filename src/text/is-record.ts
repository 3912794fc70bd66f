/** True of an object with keys, such as a parsed JSON object; false of null and of arrays. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
