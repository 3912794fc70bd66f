import type { Engine } from "./engine.js";

/**
 * Returns an engine that runs `check` around each statement, and fails where it does. Statements that only drop
 * relations always run, so that what a failed reader made can be removed.
 */
export function checkedEngine(engine: Engine, check: () => Promise<void>): Engine {
  async function checked<T>(body: () => Promise<T>): Promise<T> {
    await check();
    try {
      return await body();
    } finally {
      // After a failure too: a file that is gone is less than what changed.
      await check();
    }
  }
  return {
    ...engine,
    run: (sql, parameters) =>
      /^\s*DROP\b/i.test(sql) ? engine.run(sql, parameters) : checked(() => engine.run(sql, parameters)),
    columns: (sql, parameters) => checked(() => engine.columns(sql, parameters)),
    rows: (sql, parameters) => checked(() => engine.rows(sql, parameters)),
    table: (sql, parameters) => checked(() => engine.table(sql, parameters)),
    describe: (sql) => checked(() => engine.describe(sql)),
    keepNumbered: (name, sql, numberedAs, options) =>
      checked(() => engine.keepNumbered(name, sql, numberedAs, options)),
    writeParquet: (sql, path, parameters) => checked(() => engine.writeParquet(sql, path, parameters)),
    writeCsv: (sql, path, parameters) => checked(() => engine.writeCsv(sql, path, parameters)),
    inSchemas: async (names) => checkedEngine(await engine.inSchemas(names), check),
  };
}
