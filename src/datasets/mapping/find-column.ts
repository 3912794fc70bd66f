import { nearest } from "../../errors.js";
import { maskedEmails } from "../../text/index.js";

/** Returns the column of that name, or the only one that differs just in case and outer whitespace. */
export function findColumn(columns: readonly string[], wanted: string): string | undefined {
  if (columns.includes(wanted)) return wanted;
  const plain = (name: string) => name.trim().toLowerCase();
  const alike = columns.filter((name) => plain(name) === plain(wanted));
  return alike.length === 1 ? alike[0] : undefined;
}

/** Returns the error for a missing column, with the nearest name and the available columns. */
export function columnNotFound(action: string, wanted: string, columns: readonly string[]): SyntaxError {
  const near = nearest(wanted, columns);
  const list = columns.map((name) => `"${name}"`).join(", ");
  const meant = near ? `; did you mean "${near}"?` : ";";
  return new SyntaxError(`${action}: it has no column "${wanted}"${meant} it has ${maskedEmails(list)}`);
}
