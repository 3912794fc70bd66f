import { describe, expect, test } from "vitest";
import { CliError } from "../../src/cli/cli-error.js";
import { type Command, commandHelp, parseCommand, text } from "../../src/cli/command.js";

const command: Command = {
  name: "data add",
  about: "Imports a file",
  operands: "<name>",
  options: {
    from: { type: "string", value: "<file>", about: "What to import" },
    json: { type: "boolean", about: "One JSON object", shared: true },
  },
  run: async () => {},
};

/** What a call throws as an error of the command line. */
function refusal(body: () => unknown): Pick<CliError, "message" | "exitCode"> {
  try {
    body();
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return { message: error.message, exitCode: error.exitCode };
  }
  throw new Error("nothing was refused");
}

describe("parseCommand", () => {
  test("without arguments gives no operands and no options", () => {
    const { operands, options } = parseCommand(command, []);
    expect(operands).toEqual([]);
    expect(Object.keys(options)).toEqual([]);
  });

  test("takes options before, between and after operands, and both forms of a value", () => {
    const { operands, options } = parseCommand(command, ["--json", "shop", "--from=a.csv"]);
    expect(operands).toEqual(["shop"]);
    expect({ ...options }).toEqual({ json: true, from: "a.csv" });
  });

  test("leaves the arguments as they were, and takes all behind -- as operands", () => {
    const args = Object.freeze(["--", "--json"]);
    expect(parseCommand(command, args).operands).toEqual(["--json"]);
  });

  test("takes a number below 0 behind an option for its value, which is not what it looks like elsewhere", () => {
    expect({ ...parseCommand(command, ["--from", "-3"]).options }).toEqual({ from: "-3" });
    expect(parseCommand(command, ["--", "--from", "-3"]).operands).toEqual(["--from", "-3"]);
    expect(() => parseCommand(command, ["--json", "-3"])).toThrow('it has no option "--3"');
  });

  test.each([
    [["--form", "a.csv"], 'Cannot run rekindle data add: it has no option "--form"; did you mean "--from"?'],
    [
      ["--nothing-like-it"],
      'Cannot run rekindle data add: it has no option "--nothing-like-it"; npx rekindle data add --help lists them',
    ],
    [["-x"], 'Cannot run rekindle data add: it has no option "--x"; npx rekindle data add --help lists them'],
    [["--from"], "Cannot run rekindle data add: --from needs a value: <file>"],
    [["--from", "--json"], "Cannot run rekindle data add: --from needs a value: <file>"],
    [["--json=yes"], "Cannot run rekindle data add: --json takes no value"],
    [["--from", "a.csv", "--from=b.csv"], "Cannot run rekindle data add: --from is given twice; give it once"],
  ])("refuses %j as wrong usage", (args, message) => {
    expect(refusal(() => parseCommand(command, args))).toEqual({ message, exitCode: 2 });
  });
});

test("the help of a command says how to call it, what it does and what each option is for", () => {
  expect(commandHelp(command)).toBe(
    [
      "npx rekindle data add <name>",
      "",
      "Imports a file",
      "",
      "  --from <file>  What to import",
      "",
      "Options of many commands:",
      "  --json         One JSON object",
    ].join("\n"),
  );
  expect(commandHelp({ ...command, options: {} })).toBe("npx rekindle data add <name>\n\nImports a file");
});

describe("the values of options", () => {
  test("a text is there or not", () => {
    expect([text({ from: "a" }, "from"), text({}, "from"), text({ json: true }, "json")]).toEqual([
      "a",
      undefined,
      undefined,
    ]);
  });
});
