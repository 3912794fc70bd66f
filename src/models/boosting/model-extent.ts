/**
 * Returns the end of a UBJSON value, or -1 if the bytes end before it or are not UBJSON. XGBoost's own reader runs past
 * the end of a truncated file and then predicts from whatever lies there.
 */
export function ubjsonEnd(bytes: Uint8Array, start = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = valueEnd(view, start + 1, bytes[start]);
    return end <= bytes.length ? end : -1;
  } catch {
    return -1;
  }
}

/** Bytes of each type of fixed size, by its marker. */
const SIZES = new Map([..."ZNTF"].map((type) => [type.charCodeAt(0), 0]));
for (const [types, size] of [
  ["iUC", 1],
  ["I", 2],
  ["ld", 4],
  ["LD", 8],
] as const) {
  for (const type of types) SIZES.set(type.charCodeAt(0), size);
}

const [OBJECT, OBJECT_END, ARRAY, ARRAY_END, TYPE, COUNT, TEXT] = [..."{}[]$#S"].map((type) => type.charCodeAt(0));

function valueEnd(view: DataView, at: number, type: number): number {
  const size = SIZES.get(type);
  if (size !== undefined) return at + size;
  if (type === TEXT) return textEnd(view, at);
  if (type === ARRAY || type === OBJECT) return containerEnd(view, at, type);
  throw new SyntaxError(`Cannot read UBJSON: there is no type ${type}`);
}

function containerEnd(view: DataView, start: number, type: number): number {
  const end = type === ARRAY ? ARRAY_END : OBJECT_END;
  let at = start;
  let each: number | undefined;
  let count = Number.POSITIVE_INFINITY;
  if (view.getUint8(at) === TYPE) {
    each = view.getUint8(at + 1);
    at += 2;
  }
  if (view.getUint8(at) === COUNT) [count, at] = integer(view, at + 1);
  const size = each === undefined ? undefined : SIZES.get(each);
  if (type === ARRAY && size !== undefined) return at + count * size;
  for (let i = 0; i < count; ++i) {
    if (count === Number.POSITIVE_INFINITY && view.getUint8(at) === end) return at + 1;
    if (type === OBJECT) at = textEnd(view, at);
    at = each === undefined ? valueEnd(view, at + 1, view.getUint8(at)) : valueEnd(view, at, each);
  }
  return at;
}

function textEnd(view: DataView, at: number): number {
  const [length, start] = integer(view, at);
  return start + length;
}

/** Reads an integer with its type marker, and its end. */
function integer(view: DataView, at: number): [number, number] {
  switch (String.fromCharCode(view.getUint8(at))) {
    case "i":
      return [view.getInt8(at + 1), at + 2];
    case "U":
      return [view.getUint8(at + 1), at + 2];
    case "I":
      return [view.getInt16(at + 1), at + 3];
    case "l":
      return [view.getInt32(at + 1), at + 5];
    case "L":
      return [Number(view.getBigInt64(at + 1)), at + 9];
    default:
      throw new SyntaxError("Cannot read UBJSON: a length is no whole number");
  }
}

/**
 * Returns the end of a JSON object or array, or -1 if the bytes end before it. Literals are not checked, since XGBoost
 * writes NaN.
 */
export function jsonEnd(bytes: Uint8Array): number {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; ++at) {
    const byte = bytes[at];
    if (inText) {
      if (byte === 0x5c) ++at;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) inText = true;
    else if (byte === OBJECT || byte === ARRAY) ++depth;
    else if ((byte === OBJECT_END || byte === ARRAY_END) && --depth === 0) return at + 1;
  }
  return -1;
}
