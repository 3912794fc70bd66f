import { nearest } from "../../errors.js";

/** The column of that name; failing that, the only one that differs in case and outer blanks alone. */
export function findColumn(columns: readonly string[], wanted: string): string | undefined {
  if (columns.includes(wanted)) return wanted;
  const plain = (name: string) => name.trim().toLowerCase();
  const alike = columns.filter((name) => plain(name) === plain(wanted));
  return alike.length === 1 ? alike[0] : undefined;
}

/** The error for a column that is not there: names it, guesses what was meant, lists what there is. */
export function columnNotFound(action: string, wanted: string, columns: readonly string[]): SyntaxError {
  const near = nearest(wanted, columns);
  const list = columns.map((name) => `"${name}"`).join(", ");
  const meant = near ? `, did you mean "${near}"?` : ",";
  return new SyntaxError(`${action}: it has no column "${wanted}"${meant} it has ${list}`);
}
