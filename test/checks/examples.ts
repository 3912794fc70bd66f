import { isDeepStrictEqual } from "node:util";

/** An example of a doc comment or of a page. */
export interface Example {
  /** Path of the file, relative to the root. */
  readonly path: string;
  readonly line: number;
  /** The type that is documented, if the example is an object literal of it. */
  readonly documents: string | undefined;
  readonly code: string;
}

/** A statement, and what a comment behind or below it says that it gives. */
export interface Step {
  readonly code: string;
  readonly stated: string | undefined;
}

/** Finds every `@example` in the doc comments of a source file. */
export function examplesIn(path: string, source: string): Example[] {
  return [...source.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const after = source.slice(comment.index + comment[0].length);
    const documents = /^\s*export (?:interface|type) (\w+)/.exec(after)?.[1];
    // What stands before the next tag or the end.
    return [...comment[0].matchAll(/@example[^\n]*\n([\s\S]*?)(?=\n\s*\* @\w|\s*\*\/)/g)].map((match) => ({
      path,
      line: lineAt(source, comment.index + match.index),
      documents,
      code: (match[1] ?? "").replace(/^\s*\* ?/gm, ""),
    }));
  });
}

/** Finds the fenced blocks of a language in a Markdown page. */
export function fencedExamples(path: string, page: string, language: string): Example[] {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, tongue]) => tongue === language)
    .map((match) => ({ path, line: lineAt(page, match.index), documents: undefined, code: match[2] ?? "" }));
}

/** Splits an example into its statements. A statement ends at a line that ends with a semicolon, bracket level 0. */
export function stepsOf({ code, documents }: Pick<Example, "code" | "documents">): Step[] {
  if (documents !== undefined) return [{ code: `const example: ${documents} = ${code.trim()};`, stated: undefined }];
  const steps: { code: string; stated: string | undefined }[] = [];
  let open = "";
  for (const line of code.split("\n").filter((text) => text.trim())) {
    // Behind a statement or alone on its line: anywhere else two slashes may be part of a text.
    const [, text = line, comment] = /^(.*;|\s*)\s*\/\/ ?(.*)$/.exec(line) ?? [];
    const last = steps.at(-1);
    if (text.trim()) open += `${open && "\n"}${text}`;
    else if (comment !== undefined && last && !open) {
      last.stated = last.stated === undefined ? comment : `${last.stated}\n${comment}`;
      continue;
    }
    if (!text.trimEnd().endsWith(";") || depthOf(open) > 0) continue;
    steps.push({ code: open.trim(), stated: comment });
    open = "";
  }
  return open.trim() ? [...steps, { code: `${open.trim()};`, stated: undefined }] : steps;
}

/** The example as a TypeScript module that records what its statements give. */
export function moduleOf(steps: readonly Step[], { head }: { head: string }): string {
  const body = steps.map(({ code, stated }) => {
    if (stated === undefined) return code;
    const name = /^(?:const|let) (\w+)\b/.exec(code)?.[1];
    const said = JSON.stringify(stated);
    return name
      ? `${code}\nresults.push({ value: ${name}, stated: ${said} });`
      : `results.push({ value: ${code.replace(/;$/, "")}, stated: ${said} });`;
  });
  return `${head}\nexport const results: { value: unknown; stated: string }[] = [];\n${body.join("\n")}\n`;
}

/** Whether a value is what a comment states: the same literal, or the same text. */
export function isAsStated(value: unknown, stated: string): boolean {
  if (value === stated) return true;
  // Keys without quotes are not JSON; the comment is code of this repository.
  let literal: unknown;
  try {
    literal = new Function(`return (${stated});`)();
  } catch {
    return false;
  }
  return isDeepStrictEqual(plain(value), plain(literal));
}

/** Typed arrays as arrays, numbers to twelve digits, and only what JSON keeps. */
export function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part) => {
    if (typeof part === "number") return Number(part.toPrecision(12));
    return ArrayBuffer.isView(part) ? Array.from(part as unknown as ArrayLike<number>) : part;
  });
  return text === undefined ? undefined : JSON.parse(text);
}

function depthOf(code: string): number {
  const bare = code.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`/g, '""');
  return (bare.match(/[([{]/g) ?? []).length - (bare.match(/[)\]}]/g) ?? []).length;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
