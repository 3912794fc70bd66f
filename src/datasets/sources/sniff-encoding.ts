import iconv from "iconv-lite";

/** Letters beyond ASCII of languages, by the encoding that exports of their countries have. Earlier ones win ties. */
const ALPHABETS: readonly (readonly [encoding: string, letters: readonly string[]])[] = [
  [
    "windows-1252",
    [...["äöüß", "àâæçèéêëîïôœùûüÿ", "áéíñóúüªº", "àáâãçéêíóôõúªº", "àèéìòù", "åäöé", "åæøéô", "ëéïèüöáó"]],
  ],
  ["windows-1254", ["çğıöşü"]],
  ["windows-1250", ["ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"]],
  ["windows-1251", ["абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"]],
  // Icelandic: its letters stand where Turkish has others.
  ["windows-1252", ["áðéíóúýþæö"]],
];

/** How much it counts that the letters are those of one language, against those of any of the encoding. */
const ONE_LANGUAGE = 2;

/**
 * Returns the encoding of text that is not UTF-8: the one in which its letters beyond ASCII are those of a language.
 *
 * @param sample Bytes of lines that hold bytes beyond ASCII; whole words.
 */
export function sniffEncoding(sample: Uint8Array): string {
  const scores = ALPHABETS.map(([encoding, alphabets]) => {
    return { encoding, score: scoreOf(iconv.decode(Buffer.from(sample), encoding), alphabets) };
  });
  return scores.reduce((best, one) => (one.score > best.score ? one : best)).encoding;
}

/** Undefined bytes, signs within words, and words of two scripts show another encoding. */
const WRONG = /(?=\P{ASCII})\p{Cc}|\p{L}[^\p{L}\p{ASCII}’](?=\p{L})|\p{Script=Latin}(?=\p{Script=Cyrillic})/gu;
/** A capital letter that is no part of a word, such as a sign of a currency in another encoding. */
const ALONE = /(?<!\p{L})\p{Lu}(?!\p{L})/gu;

function scoreOf(text: string, alphabets: readonly string[]): number {
  const signs = text.match(/\P{ASCII}/gu) ?? [];
  const inWords = text.replace(ALONE, "").match(/\P{ASCII}/gu) ?? [];
  // "İ" becomes an ASCII letter.
  const letters = inWords
    .map((sign) => [...sign.toLowerCase()][0])
    .filter((letter) => /(?=\P{ASCII})\p{L}/u.test(letter));
  const wrong = text.match(WRONG) ?? [];
  const share = (alphabet: string) =>
    letters.length === 0 ? 0 : letters.filter((letter) => alphabet.includes(letter)).length / letters.length;
  const penalty = wrong.length / Math.max(1, signs.length);
  return ONE_LANGUAGE * Math.max(...alphabets.map(share)) + share(alphabets.join("")) - penalty;
}
