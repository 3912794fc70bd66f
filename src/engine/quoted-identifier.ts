/** An SQL identifier between double quotes, safe whatever it holds. */
export function quotedIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text literal between single quotes, for the few places where no parameter is allowed (paths, options). */
export function quotedText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
