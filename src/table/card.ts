import { displayWidth } from "../text/index.js";

/** Short description of a value: a title and facts by name. Facts that are undefined are left out. */
export interface Card {
  readonly title: string;
  readonly facts: Readonly<Record<string, string | number | boolean | undefined>>;
}

/** Key of the method that the console calls. */
export const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Most names in a list; the rest is counted. */
const MAX_NAMES = 5;

/**
 * Makes the console show a value as its card, and returns it. The value stays plain data: the method is not enumerable, so
 * JSON, spreading and comparison ignore it, and a copy shows its content.
 *
 * @example
 * const fit = withCard({ kind: "sigmoid", A: -1.5 }, { title: "Sigmoid calibrator", facts: { A: -1.5 } });
 * Object.keys(fit); // ["kind", "A"]
 */
export function withCard<T extends object>(value: T, card: Card): T {
  return Object.defineProperty(value, INSPECT, { value: () => cardText(card) });
}

/**
 * Writes a card: the title, then a line per fact.
 *
 * @example
 * cardText({ title: "k-means", facts: { rows: 1200, inertia: 3.14159265 } }); // "k-means\n  rows     1200\n  inertia  3.1416"
 */
export function cardText({ title, facts }: Card): string {
  const given = Object.entries(facts).filter(([, fact]) => fact !== undefined);
  const width = Math.max(0, ...given.map(([name]) => displayWidth(name)));
  const lines = given.map(([name, fact]) => `  ${name}${" ".repeat(width - displayWidth(name))}  ${factText(fact)}`);
  return [title, ...lines].join("\n");
}

/** Lists names for a card, with the number of those left out: "recency_days, frequency and 4 more". */
export function listedNames(names: readonly string[]): string {
  const shown = names.slice(0, MAX_NAMES).join(", ");
  return names.length > MAX_NAMES ? `${shown} and ${names.length - MAX_NAMES} more` : shown;
}

/** Writes a number for a card: whole, or with five significant digits. */
export function cardNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(5)));
}

function factText(fact: string | number | boolean | undefined): string {
  if (typeof fact === "boolean") return fact ? "yes" : "no";
  return typeof fact === "number" ? cardNumber(fact) : String(fact);
}
