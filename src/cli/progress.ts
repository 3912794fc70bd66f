import { formatNumber } from "../table/index.js";
import type { Effects } from "./effects.js";

/** Progress of steps: a live line with seconds on a terminal, plain lines in a log. */
export interface Progress {
  /** Runs `body` as a named step, and then writes one line: `name: facts (0.8 s)`. */
  step<T>(name: string, body: () => Promise<T>, facts?: (result: T) => string | undefined): Promise<T>;
  say(line: string): void;
  /** Replaces the current line, and keeps the last one; terminals only. */
  readonly draw?: (line: string, isLast: boolean) => void;
}

/** Creates progress on standard error; silent if `quiet`. */
export function createProgress(
  { err, now, isTerminal }: Pick<Effects, "err" | "now" | "isTerminal">,
  { quiet }: { quiet: boolean },
): Progress {
  if (quiet) return { step: (_, body) => body(), say: () => {} };
  const clear = isTerminal ? "\r\x1b[2K" : "";
  let live: string | undefined;
  const say = (line: string) => err(`${clear}${line}\n${live ?? ""}`);
  const step = async <T>(name: string, body: () => Promise<T>, facts?: (result: T) => string | undefined) => {
    const start = now().getTime();
    const seconds = () => formatNumber((now().getTime() - start) / 1000, { kind: "number", digits: 1 });
    const timer = isTerminal
      ? setInterval(() => {
          live = `${name} ... ${seconds()} s`;
          err(`${clear}${live}`);
        }, 200)
      : undefined;
    try {
      const result = await body();
      live = undefined;
      const found = facts?.(result);
      say(`${name}${found ? `: ${found}` : ""} (${seconds()} s)`);
      return result;
    } finally {
      clearInterval(timer);
      if (live !== undefined) err(clear);
      live = undefined;
    }
  };
  const draw = (line: string, isLast: boolean) => {
    if (isLast) say(line);
    else err(`${clear}${line}`);
  };
  return { step, say, ...(isTerminal ? { draw } : {}) };
}
