import type { TSchema } from "typebox";
import type { OptionSchema } from "./option-schema.js";

/** One option as the command line has it. */
export interface OptionFlag {
  /** Name of the option in code, such as "nClusters". */
  readonly option: string;
  /** Without the dashes, such as "n-clusters". */
  readonly flag: string;
  readonly type: "string" | "boolean";
  /** Placeholder of the value in help; absent for switches. */
  readonly value?: string;
  readonly about: string;
}

/** Returns the flags of a schema, in its order. */
export function optionFlags(schema: OptionSchema): OptionFlag[] {
  return Object.entries(schema.properties).map(([option, property]) => flagOf(option, property));
}

/** Converts "nClusters" to the flag "n-clusters". */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function flagOf(option: string, property: TSchema): OptionFlag {
  const {
    type,
    description = "",
    flag,
    value,
    negated,
    default: otherwise,
  } = property as TSchema & {
    type?: string;
    description?: string;
    flag?: string;
    value?: string;
    negated?: string;
    default?: unknown;
  };
  const name = flag ?? kebabCase(option);
  if (type === "boolean") {
    return otherwise === true
      ? { option, flag: `no-${name}`, type: "boolean", about: negated ?? description }
      : { option, flag: name, type: "boolean", about: description };
  }
  const shown = defaultText(otherwise);
  const about = shown === undefined ? description : `${description} (default: ${shown})`;
  return { option, flag: name, type: "string", value: value ?? "<value>", about };
}

/** A default as a user would type it. */
function defaultText(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value.join(",");
  return typeof value === "object" ? undefined : String(value);
}
