import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { DuckDBConnection, DuckDBInstance, DuckDBResult, DuckDBTypeId } from "@duckdb/node-api";
import type { ColumnTable } from "arquero";
import { messageOf, requireKnownOptions } from "../errors.js";
import { replaceFile } from "../storage/index.js";
import { maskedEmails } from "../text/index.js";
import { appendColumns } from "./append-columns.js";
import { duckDbDialect, expandMacros } from "./dialect.js";
import type { Column, Columns, DelimitedOptions, Engine, Parameters, Row } from "./engine.js";
import { expressionProblem } from "./expression-problem.js";
import { maskedMessage } from "./masked-message.js";
import { literalPath, quotedIdentifier, quotedPath, quotedText } from "./quoted-identifier.js";
import { readsOf } from "./reads-of.js";
import { afterStatements, createStatementQueue, type SharedStatements } from "./statement-queue.js";
import { STATEMENT_LIMIT } from "./statement-timeout.js";

/** Options for opening DuckDB. */
export interface DuckDbOptions {
  /** Threads per statement; defaults to 2. Results do not depend on it. */
  readonly threads?: number;
  /** Memory limit, for example "4GB"; defaults to 80 % of the machine's memory. */
  readonly memoryLimit?: string;
  /** Seconds that one statement may run; defaults to 600. */
  readonly statementLimit?: number;
  /** Stops the running statement when it is aborted, and refuses others, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens an in-memory DuckDB as an engine. Statements may use the macros of `duckDbDialect`.
 *
 * @example
 * const engine = await openDuckDb();
 * await engine.rows("SELECT @days_between(DATE '2024-01-01', DATE '2024-01-31') AS days");
 * // [{days: 30}]
 */
export async function openDuckDb(options: DuckDbOptions = {}): Promise<Engine> {
  requireKnownOptions("open DuckDB", options, {
    threads: true,
    memoryLimit: true,
    statementLimit: true,
    signal: true,
  });
  const { threads = 2, memoryLimit, statementLimit = STATEMENT_LIMIT, signal } = options;
  if (!(Number.isInteger(threads) && threads >= 1)) {
    throw new RangeError(`Cannot open DuckDB: threads is ${threads}; expected a whole number, at least 1`);
  }
  // A longer timer fires at once.
  if (!(0 < statementLimit && statementLimit <= 86_400)) {
    throw new RangeError(
      `Cannot open DuckDB: statementLimit is ${statementLimit}; expected seconds above 0, at most 86,400`,
    );
  }
  // Loaded lazily: most commands never open an engine.
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    // Spill folder; DuckDB's default is the working directory.
    temp_directory: join(tmpdir(), `rekindle-duckdb-${randomUUID()}`),
    ...(memoryLimit ? { memory_limit: memoryLimit } : {}),
  });
  return connectEngine(instance, {
    signal,
    statementLimit,
    shared: { stuck: undefined, nRunning: 0, atEnd: [] },
    another: () => openDuckDb(options),
    close: () => instance.closeSync(),
  });
}

/** State that the connections of one instance share. */
interface InstanceParts {
  readonly signal: AbortSignal | undefined;
  readonly statementLimit: number;
  readonly shared: SharedStatements;
  readonly another: () => Promise<Engine>;
}

/** Opens a connection with fixed settings, so that results do not depend on the machine's time zone or locale. */
async function connectEngine(
  instance: DuckDBInstance,
  {
    schemas = [],
    close = () => {},
    ...parts
  }: InstanceParts & { readonly schemas?: readonly string[]; readonly close?: () => void },
): Promise<Engine> {
  const connection = await instance.connect();
  await connection.run(
    "SET TimeZone = 'UTC'; SET preserve_insertion_order = true; SET autoinstall_known_extensions = false",
  );
  if (schemas.length) {
    await connection.run(`SET search_path = ${quotedText(schemas.map(quotedIdentifier).join(","))}`);
  }
  const { DuckDBTypeId } = await import("@duckdb/node-api");
  return duckDbEngine(connection, { ...parts, instance, doubleType: DuckDBTypeId.DOUBLE, close });
}

function duckDbEngine(
  connection: DuckDBConnection,
  {
    instance,
    doubleType,
    signal,
    statementLimit,
    shared,
    another,
    close,
  }: InstanceParts & {
    readonly instance: DuckDBInstance;
    readonly doubleType: DuckDBTypeId;
    readonly close: () => void;
  },
): Engine {
  const interrupt = () => connection.interrupt();
  const attempt = createStatementQueue({
    shared,
    interrupt,
    limit: statementLimit,
    signal,
    nameOf: oneLine,
    failureOf,
  });

  const expand = (sql: string) => expandMacros(sql, duckDbDialect);
  const queryOf = (sql: string) => asQuery(expand(sql));

  async function run(sql: string, parameters: Parameters = {}): Promise<void> {
    await attempt(sql, () => connection.run(expand(sql), { ...parameters }));
  }

  async function columns(sql: string, parameters: Parameters = {}): Promise<Columns> {
    const types = await describe(sql, parameters);
    const casts = types.map(
      ({ name, type }) => `${plainCast(quotedIdentifier(name), type)} AS ${quotedIdentifier(name)}`,
    );
    const plain = `SELECT ${casts.join(", ")} FROM (${queryOf(sql)}\n) AS answer`;
    // Not a stream: the client ends a stream at an error as if it were complete.
    return attempt(sql, async () => readColumns(await connection.run(plain, { ...parameters }), doubleType));
  }

  async function rows(sql: string, parameters: Parameters = {}): Promise<Row[]> {
    return rowsOf(await columns(sql, parameters));
  }

  async function describe(sql: string, parameters: Parameters = {}) {
    return attempt(sql, async () => {
      const answer = await connection.runAndReadAll(`DESCRIBE ${queryOf(sql)}`, { ...parameters });
      return answer.getRows().map((row) => ({ name: String(row[0]), type: String(row[1]) }));
    });
  }

  async function parse(sql: string) {
    const [{ tree }] = await rows("SELECT json_serialize_sql(CAST($sql AS VARCHAR)) AS tree", { sql: expand(sql) });
    return JSON.parse(String(tree));
  }

  function copy(sql: string, path: string, format: string, parameters: Parameters): Promise<void> {
    return replaceFile(path, (temporaryPath) => {
      const statement = `COPY (${queryOf(sql)}\n) TO ${quotedText(temporaryPath)} (${format})`;
      return attempt(sql, async () => void (await connection.run(statement, { ...parameters })));
    });
  }

  return {
    dialect: duckDbDialect,
    run,
    columns,
    rows,
    describe: (sql) => describe(sql),
    table: async (sql, parameters) => {
      const { table } = await import("arquero");
      return table((await columns(sql, parameters)) as Record<string, Column>) as ColumnTable;
    },
    registerParquet: (name, path, { numberedAs } = {}) => {
      // file_row_number, unlike a window function, allows parallel reads.
      const rows = numberedAs
        ? `SELECT file_row_number + 1 AS ${quotedIdentifier(numberedAs)}, * EXCLUDE (file_row_number) FROM read_parquet(${quotedPath(path)}, file_row_number = true)`
        : `SELECT * FROM read_parquet(${quotedPath(path)})`;
      return run(`CREATE OR REPLACE VIEW ${quotedIdentifier(name)} AS ${rows}`);
    },
    keepNumbered: async (name, sql, numberedAs, { inOrder = true } = {}) => {
      const rows = quotedIdentifier(`rows of ${name}`);
      await run(`SET preserve_insertion_order = ${inOrder}`);
      try {
        await run(`CREATE OR REPLACE TABLE ${rows} AS ${sql}`);
      } finally {
        await run("SET preserve_insertion_order = true");
      }
      // rowid of an unchanged table, unlike a window function, allows parallel reads.
      await run(
        `CREATE OR REPLACE VIEW ${quotedIdentifier(name)} AS SELECT rowid + 1 AS ${quotedIdentifier(numberedAs)}, * FROM ${rows}`,
      );
    },
    keepColumns: (name, columns) => attempt(`keep "${name}"`, () => appendColumns(connection, name, columns)),
    registerDelimited: (name, path, options) =>
      run(`CREATE OR REPLACE VIEW ${quotedIdentifier(name)} AS ${readDelimited(path, options)}`),
    rejectedLines: async (path) => {
      const known = await rows("SELECT table_name FROM duckdb_tables() WHERE table_name = 'reject_errors'");
      if (!known.length) return [];
      const rejected = await rows(
        // DuckDB reports a line once per missing field.
        `SELECT line, min_by(error_message, column_idx) AS error_message FROM reject_errors
         WHERE scan_id = (SELECT max(scan_id) FROM reject_scans WHERE file_path = $path) GROUP BY line ORDER BY line`,
        { path },
      );
      return rejected.map(({ line, error_message }) => ({
        line: Number(line),
        reason: maskedMessage(String(error_message)),
      }));
    },
    // Fixed row group size, so that the bytes depend only on the rows.
    writeParquet: (sql, path, parameters = {}) =>
      copy(sql, path, "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880", parameters),
    writeCsv: (sql, path, parameters = {}) => copy(sql, path, "FORMAT csv, HEADER true", parameters),
    relationsOf: async (sql) => {
      const { error, error_message, statements } = await parse(sql);
      if (error) throw new SyntaxError(`Cannot tell what "${oneLine(sql)}…" reads: ${error_message}`);
      const { relations, beyond } = readsOf(statements);
      return [...relations, ...beyond].sort();
    },
    expressionProblem: async (sql) => {
      try {
        // Alone too: brackets within must not close those around it.
        return expressionProblem(await parse(`SELECT (${sql}\n)`)) ?? expressionProblem(await parse(`SELECT ${sql}\n`));
      } catch (error) {
        if (error instanceof SyntaxError) return error.message;
        throw error;
      }
    },
    closeFiles: async ({ files = [], folders }) => {
      const list = (paths: readonly string[]) => `[${paths.map(quotedText).join(", ")}]`;
      const both = (path: string) => [path, resolve(path)];
      const named = files.flatMap(both);
      await run(
        // No lock of the settings: it would stop our own. User SQL is an expression or a query and sets nothing.
        `SET allowed_directories = ${list(folders.flatMap(both))};
         SET allowed_paths = ${list([...named, ...named.map(literalPath)])};
         SET enable_external_access = false`,
      );
    },
    another,
    inSchemas: (schemas) => connectEngine(instance, { schemas, signal, statementLimit, shared, another }),
    close: () =>
      afterStatements(shared, () => {
        connection.closeSync();
        close();
      }),
  };
}

/** Statements about tables, after comments. DuckDB runs them within a query only behind FROM. */
const ABOUT_TABLES = /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:SHOW|DESCRIBE|DESC|SUMMARIZE)\b/i;

/** Returns a statement with a result as a query that can stand in brackets. */
function asQuery(sql: string): string {
  const query = sql.replace(/;\s*$/, "");
  return ABOUT_TABLES.test(query) ? `FROM (${query}\n)` : query;
}

function readDelimited(
  path: string,
  {
    delimiter,
    header,
    encoding,
    escape: escapeSign = '"',
    columns,
    gzip = false,
    skipBrokenLines = false,
    lineBytes = 2_000_000,
  }: DelimitedOptions,
): string {
  const named = columns?.map((name) => `${quotedText(name)}: 'VARCHAR'`).join(", ");
  const options = [
    quotedPath(path),
    `delim = ${quotedText(delimiter)}`,
    `header = ${header}`,
    `encoding = ${quotedText(encoding)}`,
    `compression = ${quotedText(gzip ? "gzip" : "none")}`,
    `store_rejects = ${skipBrokenLines}`,
    "quote = '\"'",
    `escape = ${quotedText(escapeSign)}`,
    "strict_mode = true",
    `max_line_size = ${lineBytes}`,
    // DuckDB's default for its default line.
    `buffer_size = ${Math.max(32_000_000, 2 * lineBytes)}`,
    "null_padding = false",
    // Known columns disable detection: a wrong line is then an error with its number.
    ...(named
      ? ["auto_detect = false", `columns = {${named}}`]
      : ["auto_detect = true", "all_varchar = true", "sample_size = 2048"]),
  ];
  return `SELECT * FROM read_csv(${options.join(", ")})`;
}

/** Returns SQL that casts a column to one of the types of {@link Columns}. */
function plainCast(column: string, type: string): string {
  if (type === "BOOLEAN" || type === "VARCHAR") return column;
  if (type === "DATE") return `strftime(${column}, '%Y-%m-%d')`;
  if (/^TIMESTAMP/.test(type)) return `strftime(CAST(${column} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%SZ')`;
  if (/INT$|INT\(|^DECIMAL|^DOUBLE|^FLOAT|INTEGER$|^HUGEINT/.test(type))
    return `COALESCE(CAST(${column} AS DOUBLE), 'NaN'::DOUBLE)`;
  return `CAST(${column} AS VARCHAR)`;
}

async function readColumns(result: DuckDBResult, doubleType: DuckDBTypeId): Promise<Columns> {
  const chunks = await result.fetchAllChunks();
  const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const columns: Record<string, Column> = {};
  for (let j = 0; j < result.columnCount; ++j) {
    const numeric = result.columnTypeId(j) === doubleType;
    const values: Float64Array | (string | boolean | null)[] = numeric ? new Float64Array(length) : new Array(length);
    let offset = 0;
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(j);
      for (let i = 0; i < chunk.rowCount; ++i) values[offset + i] = vector.getItem(i) as never;
      offset += chunk.rowCount;
    }
    columns[result.columnName(j)] = values as Column;
  }
  return columns;
}

/** Converts columns to rows, with null for NaN. */
export function rowsOf(columns: Columns): Row[] {
  const names = Object.keys(columns);
  const length = names.length ? columns[names[0]].length : 0;
  return Array.from({ length }, (_, i) =>
    Object.fromEntries(
      names.map((name) => {
        const value = columns[name][i];
        return [name, typeof value === "number" && Number.isNaN(value) ? null : value];
      }),
    ),
  );
}

/** Returns the error of a statement: DuckDB's first line, which names the column or file. The cause has the rest. */
function failureOf(sql: string, cause: unknown): Error {
  const message = maskedMessage(messageOf(cause));
  const [first] = message.split("\n");
  // DuckDB's own error would show values of rows wherever causes are printed: its other lines repeat the value, except
  // where it cannot read a file.
  const details = new Error(/CSV Error on Line/.test(message) ? message : first);
  return new Error(`Cannot run "${oneLine(sql)}…": ${first}`, { cause: details });
}

function oneLine(sql: string): string {
  return maskedEmails(sql.trim().replace(/\s+/g, " ")).slice(0, 80);
}
