/** An import, export from, dynamic import or require, and whether only types come with it. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  readonly typesOnly: boolean;
}

/** Finds what a source file imports. What comments say is not an import. */
export function findImports(source: string): Import[] {
  const text = withoutComments(source);
  const imports: Import[] = [];
  const pattern =
    /^[ \t]*(?<statement>(?:import|export)\b(?<clause>[^;"'`]*?)\bfrom\s*|import\s*)["'](?<from>[^"']+)["']|\b(?:import|require)\s*\(\s*["'](?<called>[^"']+)["']/gm;
  for (const match of text.matchAll(pattern)) {
    const { from, called, clause = "" } = match.groups!;
    imports.push({ specifier: (from ?? called)!, line: lineAt(text, match.index), typesOnly: isTypesOnly(clause) });
  }
  return imports;
}

/** Lines on which a pattern stands in code: not in a comment, not in a quoted string. */
export function findInCode(source: string, pattern: RegExp): number[] {
  const code = withoutComments(source).replace(STRINGS, (quoted) => `""${" ".repeat(quoted.length - 2)}`);
  return [...code.matchAll(new RegExp(pattern, "gm"))].map(({ index }) => lineAt(code, index));
}

const STRINGS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;

/** Keeps every line where it was. */
function withoutComments(source: string): string {
  const tokens = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
  return source.replace(tokens, (token) => (token.startsWith("/") ? token.replace(/[^\n]/g, " ") : token));
}

function isTypesOnly(clause: string): boolean {
  if (/^\s+type\b/.test(clause)) return true;
  const names =
    /^\s*\{([^}]*)\}\s*$/
      .exec(clause)?.[1]
      ?.split(",")
      .map((name) => name.trim()) ?? [];
  const given = names.filter(Boolean);
  return given.length > 0 && given.every((name) => name.startsWith("type "));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
