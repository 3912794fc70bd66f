/** Throws unless what is passed by name is arrays, which plain JavaScript does not check. */
export function requireArrays(action: string, arrays: Record<string, ArrayLike<unknown>>): void {
  const [name, value] = Object.entries(arrays).find(([, array]) => typeof array?.length !== "number") ?? [];
  if (name === undefined) return;
  throw new TypeError(`Cannot ${action}: ${name} is ${value === undefined ? "missing" : value}; expected an array`);
}

/** Throws unless the arrays, passed by name, have one length. */
export function requireSameLength(caller: string, arrays: Record<string, ArrayLike<unknown>>): void {
  requireArrays(`compute ${caller}`, arrays);
  const lengths = Object.entries(arrays).map(([name, { length }]) => `${name} has ${length}`);
  if (new Set(Object.values(arrays).map(({ length }) => length)).size > 1) {
    throw new RangeError(
      `Cannot compute ${caller}: lengths differ, ${lengths.join(" and ")}; pass arrays of one length`,
    );
  }
}

/** The options of a function by name. The compiler refuses a list that lacks one. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Throws unless every option is known, which plain JavaScript does not check.
 *
 * @param action Completes "Cannot …", for example "fit XGBoost".
 * @throws {TypeError} If the options are not an object, or one of them is unknown.
 */
export function requireKnownOptions<Options extends object>(
  action: string,
  options: Options,
  known: OptionNames<NoInfer<Options>>,
): void {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(`Cannot ${action}: the options are ${options ?? "missing"}; expected an object`);
  }
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(known, name)) continue;
    const near = nearest(name, Object.keys(known));
    const hint = near ? `did you mean "${near}"?` : `expected one of ${Object.keys(known).join(", ")}`;
    throw new TypeError(`Cannot ${action}: unknown option "${name}"; ${hint}`);
  }
}

/** Closes a switch over a union: the compiler refuses the call while a case is missing. */
export function assertUnreachable(value: never, what: string): never {
  throw new TypeError(`Cannot continue: unknown ${what} ${JSON.stringify(value)}; expected a known one`);
}

/** Returns the message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns the hint for a mistyped name: the nearest known one, else all of them. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? `expected ${known.join(", ")}` : `did you mean "${near}"?`;
}

/** Returns the candidate nearest to a mistyped word, or undefined if none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const next = [i];
    for (let j = 1; j <= b.length; ++j) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
