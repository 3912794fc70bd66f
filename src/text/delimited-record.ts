/** One record of delimited text. */
export interface DelimitedRecord {
  /** Without quotes. */
  readonly fields: readonly string[];
  /** Index of the character after its line break. */
  readonly end: number;
  /** False if the text ends inside a quote. */
  readonly closed: boolean;
}

/**
 * Reads one record of delimited text. Quotes follow RFC 4180: a separator or line break inside them belongs to the field,
 * and a doubled quote is a quote.
 *
 * @param separator One character.
 * @param start Index of its first character; defaults to 0.
 *
 * @example
 * readRecord('a,"b, c"\n1,2\n', ","); // { fields: ["a", "b, c"], end: 9, closed: true }
 */
export function readRecord(text: string, separator: string, start = 0): DelimitedRecord {
  const fields: string[] = [];
  let closed = true;
  let i = start;
  for (let more = true; more; ) {
    let field = "";
    if (text[i] === '"') {
      closed = false;
      while (!closed && ++i < text.length) {
        if (text[i] === '"' && text[++i] !== '"') closed = true;
        else field += text[i];
      }
    }
    while (i < text.length && text[i] !== separator && text[i] !== "\n" && text[i] !== "\r") field += text[i++];
    fields.push(field);
    more = text[i] === separator;
    if (more) ++i;
  }
  if (text[i] === "\r") ++i;
  if (text[i] === "\n") ++i;
  return { fields, end: i, closed };
}
