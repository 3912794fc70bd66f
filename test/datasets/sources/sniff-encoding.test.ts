import { expect, test } from "vitest";
import { sniffEncoding } from "../../../src/datasets/sources/sniff-encoding.js";
import { encoded } from "./encoded.js";

test.each([
  ["windows-1252", "Gutschein 10 € – „Geburtstag“;Café crème;Müller;Straße"],
  ["windows-1252", "Müller\nSchäfer"],
  ["windows-1252", "Café crème"],
  ["windows-1252", "ñandú;España;mañana"],
  ["windows-1252", "Ødegård;Sæther;Åse"],
  ["windows-1252", "São João;maçã"],
  ["windows-1252", "12 £ and 30 €"],
  ["windows-1252", "Zoë, Müller, Crème brûlée, Jürgen, Noël"],
  ["windows-1250", "łódź;żółw;książka;śledź"],
  ["windows-1250", "Łódź"],
  ["windows-1250", "příliš žluťoučký kůň"],
  ["windows-1250", "árvíztűrő tükörfúrógép"],
  ["windows-1251", "чай;кофе;кружка синяя;Москва"],
  ["windows-1251", "Иванов"],
  ["windows-1251", "Київ;чашка"],
  ["windows-1254", "çiğ köfte;İstanbul;ışık;şeker"],
  ["windows-1254", "Şişli"],
])("%s of %s", (encoding, text) => {
  expect(sniffEncoding(encoded(text, encoding))).toBe(encoding);
});

test("text that all encodings share is the most frequent one", () => {
  expect(sniffEncoding(encoded("ö", "windows-1254"))).toBe("windows-1252");
});
