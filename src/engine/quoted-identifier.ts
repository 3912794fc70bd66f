/** Quotes an SQL identifier with double quotes, safe for any name. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes an SQL text literal with single quotes, for places without parameters (paths, options). */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
