/** Returns true for an object with keys, such as a parsed JSON object, and false for null and arrays. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
