import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A parameter of an exported function that holds options. */
export interface OptionParameter {
  readonly name: string;
  /** Its place among the parameters, from 0. */
  readonly index: number;
}

/**
 * Finds the exported functions of a module that take options, by their source: a parameter is one of options if it has a
 * type named so, is named so, has an object type of its own, or is taken apart behind the first parameter. Of several it
 * is the last.
 *
 * @param folder The module's, such as "src/charts".
 * @param exported Names that its index exports.
 */
export function functionsWithOptions(folder: string, exported: readonly string[]): OptionParameter[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) => {
    const source = readFileSync(join(folder, file), "utf8");
    return [...source.matchAll(/^export (?:async )?function\*? (\w+)(?:<[^(]*>)?\(/gm)].flatMap((match) => {
      const parameters = parametersAt(source, match.index + match[0].length);
      const index = parameters.findLastIndex(isOptions);
      return exported.includes(match[1]!) && index >= 0 ? [{ name: match[1]!, index }] : [];
    });
  });
}

function isOptions(parameter: string, index: number): boolean {
  // A function that is called back takes options of its own.
  if (/^\w+\??: \(/.test(parameter)) return false;
  // Conventions and the texts made by them are values of their own, and so is what is picked from a result.
  if (/^\{[^}]*\}: (?:NumberTexts|Conventions|Pick<.*>)$/s.test(parameter)) return false;
  return (
    /\w*Options\b|^options\b/.test(parameter) ||
    /^\{.*=\s*\{\}$/s.test(parameter) ||
    (index > 0 && /^(?:\{|\w+\??: (?:Partial<)?\{)/.test(parameter))
  );
}

/** The texts of parameters from behind their opening parenthesis. */
function parametersAt(source: string, start: number): string[] {
  const parameters: string[] = [];
  let depth = 1;
  let from = start;
  for (let i = start; depth > 0; ++i) {
    const character = source[i]!;
    if (source.startsWith("=>", i)) ++i;
    else if ("([{<".includes(character)) ++depth;
    else if (")]}>".includes(character)) --depth;
    if ((depth === 1 && character === ",") || depth === 0) {
      parameters.push(source.slice(from, i).trim());
      from = i + 1;
    }
  }
  return parameters.filter(Boolean);
}
