import { createHash } from "node:crypto";
import { VALUE_LIMITS } from "./client/limits.js";

/** Kind of a name that MLflow restricts; each kind has its own names. */
export type NameKind = "param" | "metric" | "tag" | "artifact";

/** Names of one run: ours to those that are logged. */
export interface Names {
  /** Returns the logged names, in order, and those that are new and differ. */
  map(kind: NameKind, names: readonly string[]): { readonly logged: string[]; readonly changed: [string, string][] };
}

/**
 * Returns a name that MLflow takes: what it does not allow becomes `_`, empty parts between slashes are dropped, and a
 * name that is too long is cut.
 *
 * @example
 * allowedName("metric", "refund (online)"); // "refund _online_"
 */
export function allowedName(kind: NameKind, name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: MLflow refuses them
  const refused = kind === "artifact" ? /[#%\\\u0000-\u001f]/gu : /[^\p{L}\p{N}_/.\- :]/gu;
  const parts = name.replace(refused, "_").split("/");
  const allowed = parts.filter((part) => part !== "").map((part) => (/^\.{1,2}$/.test(part) ? "_" : part));
  const whole = allowed.join("/") || "_";
  return kind === "artifact" ? whole : cut(whole, VALUE_LIMITS.key);
}

/**
 * Creates the names of one run. A name is logged under the same name each time; two that would become the same stay
 * apart by a suffix.
 */
export function createNames(): Names {
  const byName = new Map<string, string>();
  const owners = new Map<string, string>();

  function give(kind: NameKind, name: string): string {
    const known = byName.get(`${kind} ${name}`);
    if (known !== undefined) return known;
    const plain = allowedName(kind, name);
    const logged = owners.has(`${kind} ${plain}`) ? withSuffix(kind, plain, name) : plain;
    owners.set(`${kind} ${logged}`, name);
    byName.set(`${kind} ${name}`, logged);
    return logged;
  }

  return {
    map: (kind, names) => {
      const fresh = names.filter((name) => !byName.has(`${kind} ${name}`));
      // A name that is allowed as it is keeps it.
      for (const name of fresh) if (allowedName(kind, name) === name) give(kind, name);
      const logged = names.map((name) => give(kind, name));
      const changed = fresh.map((name): [string, string] => [name, give(kind, name)]);
      return { logged, changed: changed.filter(([name, given]) => given !== name) };
    },
  };
}

/** Adds digits that depend on the name alone, before the ending of a file. */
function withSuffix(kind: NameKind, plain: string, name: string): string {
  const suffix = `_${createHash("sha256").update(name).digest("hex").slice(0, 8)}`;
  if (kind !== "artifact") return cut(plain, VALUE_LIMITS.key - suffix.length) + suffix;
  const ending = /\.[^./]*$/.exec(plain)?.[0] ?? "";
  return plain.slice(0, plain.length - ending.length) + suffix + ending;
}

function cut(text: string, limit: number): string {
  const points = Array.from(text);
  // A slash at the end would be one part too many.
  return points.length <= limit ? text : points.slice(0, limit).join("").replace(/\/+$/, "");
}
