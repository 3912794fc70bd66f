/** A phrase that readers have to translate, and the plain one. */
interface Phrase {
  readonly pattern: RegExp;
  readonly instead: string;
}

/** Words between the words of a phrase may stand on the next line of a comment. */
const phrase = (words: string): RegExp => new RegExp(`\\b${words.replaceAll(" ", "\\s+")}\\b`, "gi");

/** Phrases that are not used in what people read. The list grows when a reviewer stumbles. */
export const PHRASES: readonly Phrase[] = [
  { pattern: phrase("(?:laid|lays?|laying) down"), instead: "fixed, defined" },
  { pattern: phrase("(?:told|tells?|telling)(?: [\\w']+){0,5} apart"), instead: "distinguish" },
  { pattern: phrase("tells"), instead: "reports, says" },
  { pattern: phrase("(?:for|of) want of"), instead: "without, for lack of" },
  { pattern: phrase("whoever"), instead: "anyone who" },
  { pattern: phrase("whom(?: [\\w']+){0,5} concerns?"), instead: "the customers concerned" },
  { pattern: phrase("anew"), instead: "again, new" },
  { pattern: phrase("mend(?:s|ed|ing)?"), instead: "fix" },
  { pattern: phrase("by lot"), instead: "at random" },
  { pattern: phrase("(?<!\\bthere )(?:is|are) none"), instead: "is not a ..., has none" },
  { pattern: phrase("beside it"), instead: "also, next to it, in addition" },
  { pattern: phrase("so many or fewer"), instead: "at most so many" },
  { pattern: phrase("(?:gives?|gave|given|giving) up"), instead: "overwrites, drops, discards" },
  { pattern: phrase("teller"), instead: "a function that reports" },
  { pattern: phrase("held against"), instead: "compared with" },
  { pattern: phrase("at the door"), instead: "first, before anything else" },
  { pattern: phrase("without ado"), instead: "at once" },
  { pattern: phrase("be it"), instead: "whether, even if" },
  { pattern: phrase("takes this many"), instead: "number of" },
  { pattern: phrase("where these do"), instead: "keep their cluster" },
  { pattern: phrase("with a heavy tail have"), instead: "skewed" },
  { pattern: phrase("a clue and no verdict"), instead: "not decisive" },
  { pattern: phrase("(?:hold|holds|holding)(?: [\\w']+){0,4} against"), instead: "compare with" },
  { pattern: phrase("(?:is|are|was|were|be|it) told"), instead: "is given, is reported" },
  { pattern: phrase("told (?:of|from|by|to)"), instead: "given, distinguished from" },
  { pattern: phrase("(?:as )?a lot would"), instead: "at random" },
  { pattern: phrase("hang(?:s|ing)? on (?:it|them|that)"), instead: "depends on" },
  { pattern: phrase("(?:run|kernel|caller|they|others?|each|it|that|ours) go(?:es)? on"), instead: "continues" },
  { pattern: phrase("go(?:es)? on (?:where|when|from|without)"), instead: "continues" },
  {
    pattern: /(?<=^|[.:] |\* |"|`)Who (?!is |are |was |has |have |can |gets |moved )[a-z]+s\b(?![^.\n]*\?)/gi,
    instead: "customers who",
  },
];

/** Finds the phrases in a text, each as "line: found (instead)". */
export function findPhrases(text: string): string[] {
  // Line breaks and the marks of comments become blanks, so that positions stay.
  const flat = text.replace(/\n[ \t]*(?:\*(?!\/)|\/\/)?/g, (mark) => " ".repeat(mark.length));
  return PHRASES.flatMap(({ pattern, instead }) =>
    [...flat.matchAll(pattern)].map(({ 0: found, index }) => {
      const line = text.slice(0, index).split("\n").length;
      return { line, message: `${line}: ${found.replace(/\s+/g, " ")} (${instead})` };
    }),
  )
    .sort((a, b) => a.line - b.line)
    .map(({ message }) => message);
}

/** The names of the tests of a test file, one per line where they stand. */
export function testNames(source: string): string {
  const names =
    /\b(?:test|it|describe)(?:\.\w+(?:\([^)]*\))?)?\(\s*(?<quote>["'`])(?<name>(?:\\.|(?!\k<quote>).)*)\k<quote>/gs;
  let text = "";
  for (const { groups, index } of source.matchAll(names)) {
    const line = source.slice(0, index).split("\n").length;
    text += "\n".repeat(Math.max(0, line - text.split("\n").length)) + groups!["name"]!.replaceAll("\n", " ");
  }
  return text;
}

/** The cells of a notebook as one text. */
export function cellsOf(notebook: string): string {
  const { cells } = JSON.parse(notebook) as { cells: { source: string | string[] }[] };
  return cells.map(({ source }) => [source].flat().join("")).join("\n");
}

/** Finds the messages that ask for something after a comma, each as "line: message". The remedy follows a semicolon. */
export function findOldErrors(source: string): string[] {
  return source
    .split("\n")
    .map((text, i) => `${i + 1}: ${text.trim()}`)
    .filter((line) => !/^\d+: (?:\*|\/\*|\/\/)/.test(line) && /["'`][^"'`]*, .*\b(?:is|are) needed\b/.test(line));
}

/** Nouns that end in s as verbs do. */
const NOUNS =
  /^(?:Options|Results|Columns|Rows|Customers|Orders|Features|Days|Digits|Facts|Intervals|Losses|Params|Sentences|Texts|Values|Ways|Assumptions|Plus|Whereas|Basis|Status)$/;

/** Finds exported functions whose comment opens without a verb, and other exports whose comment opens with a clause. */
export function findOpenings(source: string): string[] {
  const exports =
    /\/\*\*(?<doc>(?:(?!\*\/)[\s\S])*)\*\/\s*\nexport (?:declare )?(?<kind>async function\*?|function\*?|const|interface|type|class)\s+(?<name>\w+)/g;
  return [...source.matchAll(exports)].flatMap(({ groups, index }) => {
    const { doc, kind, name } = groups as { doc: string; kind: string; name: string };
    const words = doc.replace(/^[\s*]+/, "");
    const verb = /^[A-Z]\w*s\b/.exec(/^\S+/.exec(words)?.[0].replace(/^\w+-/, "A") ?? "")?.[0];
    const opensWell = kind.includes("function")
      ? verb !== undefined && !NOUNS.test(verb)
      : !/^(?:What|How|Where|Whether|Who|Whom|Which|When|Why)\b/.test(words);
    return opensWell ? [] : [`${source.slice(0, index).split("\n").length}: ${name} (${words.split("\n")[0]})`];
  });
}
