import { messageOf, requireKnownOptions } from "../../errors.js";
import { parseJsonText } from "../../schema/index.js";
import { readTextFile } from "../../storage/index.js";
import { isRecord } from "../../text/index.js";
import { parseSettings } from "../registry/parse-settings.js";
import { ASSUMABLE_SETTINGS, type AssumableSetting } from "../registry/provenance.js";
import type { DatasetSettings } from "../registry/settings.js";
import { type Mapping, parseMapping } from "./mapping.js";

/** Content of a JSON mapping file. */
export interface MappingFile {
  readonly mapping: Mapping;
  readonly settings: DatasetSettings;
  /** Settings that the file does not give. */
  readonly assumed: readonly AssumableSetting[];
  readonly title?: string;
  readonly licence?: string;
  readonly citation?: string;
}

const texts = ["title", "licence", "citation"] as const;

/**
 * Parses the content of a mapping file: the mapping in either form, and `settings`, `title`, `licence`, `citation`.
 *
 * @param file Name of the only file, for the flat form.
 * @throws {SyntaxError} If it is not a mapping.
 */
export function parseMappingFile(json: unknown, options: { file?: string } = {}): MappingFile {
  requireKnownOptions("read the mapping", options, { file: true });
  const { file = "" } = options;
  if (!isRecord(json))
    throw new SyntaxError('Cannot read the mapping: it is not a JSON object; expected {"orders": {…}}');
  const { settings, title, licence, citation, ...mapping } = json;
  const given = { title, licence, citation };
  for (const key of texts) {
    if (given[key] !== undefined && typeof given[key] !== "string") {
      throw new SyntaxError(`Cannot read the mapping: "${key}" is ${JSON.stringify(given[key])}; expected text`);
    }
  }
  return {
    mapping: parseMapping(mapping, { file }),
    settings: parseSettings(settings ?? {}),
    assumed: ASSUMABLE_SETTINGS.filter((name) => !isRecord(settings) || settings[name] === undefined),
    ...(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<
      Record<(typeof texts)[number], string>
    >),
  };
}

/**
 * Reads a mapping file.
 *
 * @throws {SyntaxError} If it is not JSON or not a mapping; names the file.
 */
export async function readMappingFile(path: string, options: { file?: string } = {}): Promise<MappingFile> {
  requireKnownOptions("read the mapping", options, { file: true });
  const text = await readTextFile(path, "the mapping");
  try {
    return parseMappingFile(parseJsonText(text, { action: "read the mapping" }), options);
  } catch (cause) {
    const reason = messageOf(cause).replace(/^Cannot read the mapping: /, "");
    throw new SyntaxError(`Cannot read the mapping "${path}": ${reason}`, { cause });
  }
}
