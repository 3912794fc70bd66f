/**
 * Returns a name for files or columns: lower case, Latin letters and digits, other characters replaced by the separator.
 * Empty if the text has no Latin letter and no digit.
 *
 * @param separator Defaults to "-".
 *
 * @example
 * slug("Lost/Churned"); // "lost-churned"
 * slug("Mind the gap!", "_"); // "mind_the_gap"
 */
export function slug(text: string, separator: "-" | "_" = "-"): string {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
    .join(separator);
}
