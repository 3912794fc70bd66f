import { expect, test } from "vitest";
import { parseDelimited } from "../../src/text/index.js";

const fieldsOf = (text: string) => parseDelimited(text, { what: "x.csv" }).rows.map(({ fields }) => fields);

test.each([
  ["commas", "id,spend\na,1\n"],
  ["semicolons", "id;spend\na;1\n"],
  ["tabs", "id\tspend\na\t1\n"],
  ["the line ends of Windows", "id,spend\r\na,1\r\n"],
  ["a byte order mark and no last line end", "\ufeffid,spend\na,1"],
  ["blank lines", "id,spend\n\na,1\n  \n"],
  ["quotes", '"id","spend"\n"a","1"\n'],
])("%s are read alike", (_, text) => {
  const { header, rows, at } = parseDelimited(text, { what: "x.csv" });
  expect(header).toEqual(["id", "spend"]);
  expect(rows.map(({ fields }) => fields)).toEqual([["a", "1"]]);
  expect(at("Spend")).toBe(1);
});

test("between quotes everything is text, and lines are still counted", () => {
  expect(fieldsOf('id,note\na,"x, ""y""\nz"\nb,2\n')).toEqual([
    ["a", 'x, "y"\nz'],
    ["b", "2"],
  ]);
  const { rows } = parseDelimited('id,note\na,"x\ny"\nb,2\n', { what: "x.csv" });
  expect(rows.map(({ line }) => line)).toEqual([2, 4]);
});

test.each([
  ["", "Cannot read x.csv: it is empty; expected a header and one line per row"],
  ["id,spend\na\n", "Cannot read x.csv: line 2 has 1 field; expected 2"],
  ["id,spend\na,1,2\n", "Cannot read x.csv: line 2 has 3 fields; expected 2"],
  ['id,spend\na,"1\n', "Cannot read x.csv: the quote opened on line 2 is not closed"],
])("%j is refused with its line", (text, message) => {
  expect(() => fieldsOf(text)).toThrow(SyntaxError);
  expect(() => fieldsOf(text)).toThrow(message);
});

test("a column that is not there is answered with the nearest", () => {
  const { at } = parseDelimited("id,spent\na,1\n", { what: "x.csv" });
  expect(() => at("spend")).toThrow(
    'Cannot read x.csv: it has no column "spend"; did you mean "spent"? columns: id, spent',
  );
});
