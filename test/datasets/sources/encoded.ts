import iconv from "iconv-lite";

/** Bytes of a text in an encoding. */
export function encoded(text: string, encoding: string): Uint8Array {
  const bytes = iconv.encode(text, encoding);
  if (iconv.decode(bytes, encoding) !== text) throw new Error(`${encoding} cannot hold "${text}"`);
  return bytes;
}
