/** Quotes an SQL identifier with double quotes, safe for any name. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Quotes the path of a file to read, of which no character stands for others. */
export function quotedPath(path: string): string {
  return quotedText(literalPath(path));
}

/** Returns a path of which no character stands for others. */
export function literalPath(path: string): string {
  return path.replace(/[[*?]/g, "[$&]");
}

/** Quotes an SQL text literal with single quotes, for places without parameters (paths, options). */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
