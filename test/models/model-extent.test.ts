import { describe, expect, test } from "vitest";
import { jsonEnd, ubjsonEnd } from "../../src/models/boosting/model-extent.js";

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

// Each row: bytes of a value, by the draft-12 specification of UBJSON; integers are big-endian.
const values: readonly (readonly [string, readonly number[]])[] = [
  ...["Z", "N", "T", "F"].map((type) => [`type ${type}`, ascii(type)] as const),
  ...["i", "U", "C"].map((type) => [`type ${type}`, [...ascii(type), 1]] as const),
  ["type I", [...ascii("I"), 0, 1]],
  ...["l", "d"].map((type) => [`type ${type}`, [...ascii(type), 0, 0, 0, 1]] as const),
  ...["L", "D"].map((type) => [`type ${type}`, [...ascii(type), 0, 0, 0, 0, 0, 0, 0, 1]] as const),
  ["text, length of type i", [...ascii("Si"), 2, ...ascii("ab")]],
  ["text, length of type U", [...ascii("SU"), 200, ...ascii("x".repeat(200))]],
  ["text, length of type I", [...ascii("SI"), 1, 2, ...ascii("x".repeat(258))]],
  ["text, length of type l", [...ascii("Sl"), 0, 0, 1, 2, ...ascii("x".repeat(258))]],
  ["text, length of type L", [...ascii("SL"), 0, 0, 0, 0, 0, 0, 1, 2, ...ascii("x".repeat(258))]],
  ["array without a count", ascii("[TFSi\u0001a]")],
  ["array with a count", ascii("[#i\u0002TF")],
  ["array with a type and a count", [...ascii("[$d#i"), 2, 0, 0, 0, 1, 0, 0, 0, 2]],
  ["array of texts with a count", [...ascii("[$S#i"), 2, ...ascii("i\u0001ai\u0002bc")]],
  ["object without a count", ascii("{i\u0001aTi\u0002bcZ}")],
  ["object with a count", ascii("{#i\u0001i\u0001aT")],
  ["object with a type and a count", ascii("{$U#i\u0002i\u0001a1i\u0001b2")],
  ["array in an object", ascii("{i\u0001a[TT]i\u0001b{}}")],
];

describe("ubjsonEnd", () => {
  test.each(values)("finds the end of a value and its truncation: %s", (_, bytes) => {
    expect(ubjsonEnd(Uint8Array.from([...bytes, 0x7a, 0x7a]))).toBe(bytes.length);
    expect(ubjsonEnd(Uint8Array.from([0x7a, ...bytes]), 1)).toBe(bytes.length + 1);
    expect(ubjsonEnd(Uint8Array.from(bytes.slice(0, -1)))).toBe(-1);
  });

  test("is -1 for other bytes", () => {
    for (const text of ["", "?", "[?]", "Sd\u0000\u0000\u0000\u0001", "[#T"]) {
      expect(ubjsonEnd(Uint8Array.from(ascii(text)))).toBe(-1);
    }
  });
});

test("jsonEnd finds the end past texts with brackets and quotation marks, and truncation", () => {
  const text = '{"a]}": ["\\"}", {"b": NaN}], "c": {}}';
  expect(jsonEnd(Uint8Array.from(ascii(`${text} rest`)))).toBe(text.length);
  expect(jsonEnd(Uint8Array.from(ascii(`  ${text}`)))).toBe(text.length + 2);
  expect(jsonEnd(Uint8Array.from(ascii(text.slice(0, -1))))).toBe(-1);
});
