import { contextOptions } from "../pipeline/index.js";
import type { CommandOption } from "./command.js";
import { outputOptions } from "./output-options.js";
import { schemaFlags } from "./schema-flags.js";

/** Options that every stage takes. */
export const commonOptions: Readonly<Record<string, CommandOption>> = {
  ...schemaFlags(contextOptions, { shared: true }),
  ...outputOptions,
};
