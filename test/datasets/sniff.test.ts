import { describe, expect, it } from "vitest";
import {
  columnNames,
  firstRecord,
  looksLikeHeader,
  sniffDelimiter,
  sniffKind,
} from "../../src/datasets/mapping/sniff.js";

describe("sniffKind", () => {
  it("goes by the first bytes", () => {
    expect(sniffKind(new Uint8Array([0x1f, 0x8b, 8]))).toBe("gzip");
    expect(sniffKind(Buffer.from("PK\x03\x04rest"))).toBe("zip");
    expect(sniffKind(Buffer.from("PAR1"))).toBe("parquet");
    expect(sniffKind(Buffer.from("a,b\n"))).toBe("text");
    expect(sniffKind(Buffer.from([0x7f, 0x45, 0, 0, 1, 0]))).toBe("binary");
  });

  it("knows UTF-16 with its mark and without, in either order", () => {
    const text = Buffer.from("id,name\n1,x\n", "utf16le");
    expect(sniffKind(Buffer.concat([Buffer.from([0xff, 0xfe]), text]))).toBe("utf-16");
    expect(sniffKind(text)).toBe("utf-16");
    expect(sniffKind(Buffer.from(text).swap16())).toBe("utf-16");
  });

  it("takes an empty file for text", () => {
    expect(sniffKind(new Uint8Array())).toBe("text");
  });
});

describe("sniffDelimiter", () => {
  for (const [name, delimiter] of Object.entries({ comma: ",", semicolon: ";", tab: "\t", bar: "|" })) {
    it(`finds a ${name}`, () => {
      expect(sniffDelimiter(["a", "b", "c"].join(delimiter) + "\n" + ["1", "2.5", "x y"].join(delimiter))).toBe(
        delimiter,
      );
    });
  }

  it("passes over delimiters and line breaks between quotes", () => {
    expect(sniffDelimiter('id;note\n1;"a, b, c"\n2;"d,\ne, f; g"\n3;"h"\n')).toBe(";");
  });

  it("is not led astray by an inch mark inside a field", () => {
    expect(sniffDelimiter('id,size\n1,12" pipe\n2,8" pipe\n3,plain\n')).toBe(",");
  });

  it("prefers the decimal comma's file to be split at its semicolons", () => {
    expect(sniffDelimiter("id;price;qty\n1;2,50;3\n2;4,75;1\n")).toBe(";");
  });

  it("takes runs of blanks if nothing else splits the lines", () => {
    expect(sniffDelimiter("00001 19970101  1   11.77\n00002 19970112  1   12.00\n")).toBe("whitespace");
  });

  it("finds nothing in prose", () => {
    expect(sniffDelimiter("Dear reader\nthis is no table at all\n")).toBeUndefined();
    expect(sniffDelimiter("")).toBeUndefined();
  });
});

describe("firstRecord", () => {
  it("unquotes, and stops at the line's end", () => {
    expect(firstRecord('a,"b, ""c""\nd",e\r\n1,2,3', ",")).toEqual(["a", 'b, "c"\nd', "e"]);
    expect(firstRecord("a;b", ";")).toEqual(["a", "b"]);
    expect(firstRecord(",x,\n", ",")).toEqual(["", "x", ""]);
    expect(firstRecord("  a   b \n1 2", "whitespace")).toEqual(["a", "b"]);
  });

  it("survives a quote that never closes", () => {
    expect(firstRecord('a,"b\n1,2\n', ",")).toEqual(["a", "b\n1,2\n"]);
  });
});

describe("looksLikeHeader", () => {
  it("refuses numbers and dates, allows empty names", () => {
    expect(looksLikeHeader(["customer_id", "2nd name"])).toBe(true);
    expect(looksLikeHeader(["", "InvoiceNo"])).toBe(true);
    expect(looksLikeHeader(["00001", "19970101"])).toBe(false);
    expect(looksLikeHeader(["abc", "12/1/2010 8:26"])).toBe(false);
    expect(looksLikeHeader(["", ""])).toBe(false);
  });
});

describe("columnNames", () => {
  it("numbers empty names and repeated names, ignoring case", () => {
    expect(columnNames(["", "a", "A", "a"])).toEqual(["column0", "a_1", "A_2", "a_3"]);
    expect(columnNames(["source_row"], ["source_row"])).toEqual(["source_row_1"]);
    expect(columnNames(["a_1", "a", "a"])).toEqual(["a_1", "a_2", "a_3"]);
  });
});
