import { expect, test } from "vitest";
import { readRecord } from "../../src/text/delimited-record.js";

test("readRecord: separators, line breaks and doubled quotes inside quotes belong to the field", () => {
  const text = 'a,"b, ""c""\r\nd",e\r\n1,2,3';
  expect(readRecord(text, ",")).toEqual({ fields: ["a", 'b, "c"\r\nd', "e"], end: 19, closed: true });
  expect(readRecord(text, ",", 19)).toEqual({ fields: ["1", "2", "3"], end: text.length, closed: true });
});

test("readRecord: text after a closing quote is kept, and a quote may be the last character", () => {
  expect(readRecord('"a"b;""', ";").fields).toEqual(["ab", ""]);
});

test("readRecord: a lone carriage return ends a record, and empty text is one empty field", () => {
  expect(readRecord("a;b\rc", ";")).toEqual({ fields: ["a", "b"], end: 4, closed: true });
  expect(readRecord("", ";")).toEqual({ fields: [""], end: 0, closed: true });
});

test("readRecord: a quote that is not closed takes the rest of the text", () => {
  expect(readRecord('"a",b,"c\n1,2\n', ",")).toEqual({ fields: ["a", "b", "c\n1,2\n"], end: 13, closed: false });
});
