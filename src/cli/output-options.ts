import type { CommandOption } from "./command.js";

/** Options of what a command prints. */
export const outputOptions = {
  json: { type: "boolean", about: "Print one JSON object on standard output", shared: true },
  quiet: { type: "boolean", about: "Do not show progress", shared: true },
} as const satisfies Readonly<Record<string, CommandOption>>;
