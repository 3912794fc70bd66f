import { messageOf } from "../../errors.js";
import { raise, sizeInWords } from "./source-limits.js";

/** Summarizes an error of the engine's CSV reader in one line, with the line number if known. */
export function csvProblem(error: unknown): string {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  const message = messageOf(root);
  if (/state machine reached an invalid state/.test(message)) return "mixed line ends";
  const parts =
    /CSV Error on Line: (\d+)\s*\n(?:Original Line: [\s\S]*?\n)?(Expected Number.*|Value with.*|Maximum line size.*)/.exec(
      message,
    );
  if (!parts) return message.split("\n")[0];
  const [, line, problem] = parts;
  return `line ${line}: ${lineProblem(problem)}`;
}

/** Describes the problem of one line. */
export function lineProblem(problem: string): string {
  const counts = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(problem);
  if (counts) return `it has ${counts[2]} field${counts[2] === "1" ? "" : "s"}, expected ${counts[1]}`;
  if (/unterminated quote/i.test(problem)) return "a quote is not closed";
  const most = /^Maximum line size of (\d+) bytes/.exec(problem)?.[1];
  if (most !== undefined) {
    return `its text, with the line breaks within quotes, is longer than ${sizeInWords(Number(most))}; shorten it, remove the line, or ${raise("line_bytes")}`;
  }
  if (/unicode|encoding/i.test(problem)) return "it is invalid in the file's encoding";
  return problem.split("\n")[0];
}
