import { nearest } from "../errors.js";

/** SQL dialect: each macro expands a call such as `@days_between(a, b)`. */
export interface Dialect {
  readonly name: string;
  readonly macros: Readonly<Record<string, (...args: string[]) => string>>;
}

/** DuckDB dialect, the reference for tests. */
export const duckDbDialect: Dialect = {
  name: "duckdb",
  macros: {
    /** Calendar days from `from` to `to`. */
    days_between: (from, to) => `date_diff('day', ${from}, ${to})`,
    /** The day `days` before `day`. */
    days_before: (day, days) => `(${day} - CAST(${days} AS INTEGER))`,
    /** The day `days` after `day`. */
    days_after: (day, days) => `(${day} + CAST(${days} AS INTEGER))`,
    /** 1 for Monday to 7 for Sunday. */
    weekday: (day) => `isodow(${day})`,
    /** First day of the month. */
    month_start: (day) => `CAST(date_trunc('month', ${day}) AS DATE)`,
    /** Months from the month of `from` to the month of `to`. */
    months_between: (from, to) => `date_diff('month', ${from}, ${to})`,
    /** The calendar day of a UTC timestamp in a time zone. */
    local_day: (timestamp, zone) => `CAST((make_timestamptz(epoch_us(${timestamp})) AT TIME ZONE ${zone}) AS DATE)`,
    /** The UTC timestamp of a local one. */
    utc: (timestamp, zone) => `make_timestamp(epoch_us(${timestamp} AT TIME ZONE ${zone}))`,
    /** Interpolated quantile of a group. */
    quantile: (value, p) => `quantile_cont(${value}, ${p})`,
    /** Discrete quantile of a group: a value that occurs. */
    quantile_value: (value, p) => `quantile_disc(${value}, ${p})`,
    /** The value that goes with the greatest key; the key must be unique in its group. */
    value_at_max: (value, key) => `max_by(${value}, ${key})`,
    /** An amount of money, exact to four decimals. */
    money: (value) => `CAST(${value} AS DECIMAL(18, 4))`,
    /** The square of an amount, exact: DuckDB keeps 18 digits in a product of two 18-digit decimals. */
    exact_square: (value) => `(CAST(${value} AS DECIMAL(19, 4)) * CAST(${value} AS DECIMAL(19, 4)))`,
    /** A plain number for features. */
    number: (value) => `CAST(${value} AS DOUBLE)`,
    /** Division that gives null for a zero divisor, in doubles. */
    ratio: (a, b) => `(CAST(${a} AS DOUBLE) / NULLIF(CAST(${b} AS DOUBLE), 0))`,
    /** Text from any value. */
    text: (value) => `CAST(${value} AS VARCHAR)`,
  },
};

/**
 * Expands every macro call `@name(…)` of a statement; calls may be nested. Quoted text and comments are unchanged.
 *
 * @throws {SyntaxError} If a macro is unknown or a parenthesis is not closed.
 *
 * @example
 * expandMacros("SELECT @days_between(a, b)", duckDbDialect);
 * // "SELECT date_diff('day', a, b)"
 */
export function expandMacros(sql: string, dialect: Dialect): string {
  let out = "";
  for (let i = 0; i < sql.length; ) {
    const end = opaqueEnd(sql, i);
    if (end > i) {
      out += sql.slice(i, end);
      i = end;
      continue;
    }
    const call = sql[i] === "@" ? /^@([a-z_]+)\(/.exec(sql.slice(i, i + 64)) : null;
    if (!call) {
      out += sql[i++];
      continue;
    }
    const [args, after] = argumentsFrom(sql, i + call[0].length, call[1]);
    const macro = dialect.macros[call[1]];
    if (!macro) {
      const near = nearest(call[1], Object.keys(dialect.macros));
      throw new SyntaxError(
        `Cannot expand "@${call[1]}": the ${dialect.name} dialect has no such macro${near ? `; did you mean "@${near}"?` : ""}`,
      );
    }
    out += macro(...args.map((text) => expandMacros(text, dialect)));
    i = after;
  }
  return out;
}

/** Returns the arguments of a call that start at `start`, and the position after the closing parenthesis. */
function argumentsFrom(sql: string, start: number, name: string): [string[], number] {
  const args: string[] = [];
  let depth = 0;
  let from = start;
  for (let i = start; i < sql.length; ) {
    const end = opaqueEnd(sql, i);
    if (end > i) {
      i = end;
      continue;
    }
    const c = sql[i];
    if (c === "(") ++depth;
    if (c === ")" && depth-- === 0) return [[...args, sql.slice(from, i).trim()], i + 1];
    if (c === "," && depth === 0) {
      args.push(sql.slice(from, i).trim());
      from = i + 1;
    }
    ++i;
  }
  throw new SyntaxError(`Cannot expand "@${name}": its parenthesis is not closed; add ")"`);
}

/** Quoted text that may have anything in it but its own end: text between dollars, and text with escapes. */
const QUOTES = /\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|(?<!\w)[eE]'(?:\\[\s\S]|[^'\\])*'/y;

/** Returns the end of the quoted text or comment that starts at `i`; `i` itself if none starts there. */
function opaqueEnd(sql: string, i: number): number {
  const c = sql[i];
  if (c === "'" || c === '"') {
    const close = sql.indexOf(c, i + 1);
    return close < 0 ? sql.length : close + 1;
  }
  if (c === "-" && sql[i + 1] === "-") {
    const close = sql.indexOf("\n", i);
    return close < 0 ? sql.length : close + 1;
  }
  if (c === "/" && sql[i + 1] === "*") return blockEnd(sql, i);
  if (c !== "$" && c !== "e" && c !== "E") return i;
  QUOTES.lastIndex = i;
  return i + (QUOTES.exec(sql)?.[0].length ?? 0);
}

/** Returns the end of the comment at `start`; comments may be nested. */
function blockEnd(sql: string, start: number): number {
  let depth = 0;
  for (const mark of sql.slice(start).matchAll(/\/\*|\*\//g)) {
    depth += mark[0] === "/*" ? 1 : -1;
    if (depth === 0) return start + mark.index + 2;
  }
  return sql.length;
}
