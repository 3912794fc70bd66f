import { requireKnownOptions } from "../errors.js";

/**
 * Overwrites one line of a terminal with each call, and starts a new line after the last.
 *
 * @param write Writes to the terminal, for example on standard error.
 * @param options.columns The width of the terminal, which a line must not reach, or 0 where it is not known; defaults
 *   to 80.
 */
export function terminalLine(
  write: (text: string) => void,
  options: { columns?: number } = {},
): (line: string, isLast: boolean) => void {
  requireKnownOptions("draw on a terminal", options, { columns: true });
  const { columns = 80 } = options;
  const width = (columns || 80) - 1;
  return (line, isLast) => write(`\r\x1b[2K${line.slice(0, width)}${isLast ? "\n" : ""}`);
}
