import { expect, test } from "vitest";
import { loadCommands } from "../../src/cli/commands/index.js";
import { fencedExamples } from "../checks/examples.js";
import { trackedTexts } from "../checks/tracked-files.js";

const commands = await loadCommands();

const known = new Set(["help", "version", ...commands.flatMap(({ options }) => Object.keys(options))]);
const pages = trackedTexts("README.md", "CHANGELOG.md", "docs/*.md");

/** Flags of rekindle in the running text of a page, between backticks. */
function flagsIn(page: string): string[] {
  const prose = page.replace(/^```[\s\S]*?^```$/gm, "");
  return [...prose.matchAll(/`([^`]*)`/g)].flatMap(([, code]) =>
    // Those of other programs are not ours to know.
    /^(?:mlflow|npm|node|git) /.test(code)
      ? []
      : [...code.matchAll(/(?<=^|\s)--([a-z][a-z-]*)/g)].map(([, flag]) => flag),
  );
}

test.each([...pages])("%s: every flag in the text is one of a command", (path, page) => {
  const others = path === "docs/coming-from-rfm-segmentation.md" ? page.replace(/^\| [^|]*\|/gm, "|") : page;
  expect(flagsIn(others).filter((flag) => !known.has(flag))).toEqual([]);
});

test.each([...pages])("%s: every rekindle command in a block has known flags", (path, page) => {
  const lines = fencedExamples(path, page, "sh").flatMap(({ code }) => code.split("\n"));
  for (const line of lines.filter((text) => text.startsWith("npx rekindle "))) {
    const words = line
      .replace(/\s#.*$/, "")
      .split(/\s+/)
      .slice(2);
    const own = commands
      .filter(({ name }) => name.split(" ").every((word, i) => words[i] === word))
      .sort((a, b) => b.name.length - a.name.length)[0];
    const flags = words.filter((word) => word.startsWith("--")).map((word) => word.slice(2));
    // The page of architecture adds commands of its own; its test runs them.
    if (own === undefined) expect(path, line).toBe("docs/architecture.md");
    else
      expect(
        flags.filter((flag) => !(flag in own.options)),
        line,
      ).toEqual([]);
  }
});

test("flags in the text are found, those in blocks are not", () => {
  expect(flagsIn("`--a-b 3`, `run --c`, -- d\n```sh\nx --e\n```\n`f--g`")).toEqual(["a-b", "c"]);
});
