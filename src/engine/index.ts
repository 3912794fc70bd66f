export { checkedEngine } from "./checked-engine.js";
export { type Dialect, duckDbDialect, expandMacros } from "./dialect.js";
export { type DuckDbOptions, openDuckDb, rowsOf } from "./duckdb.js";
export type { Column, Columns, DelimitedOptions, Engine, KeptColumns, Parameter, Parameters, Row } from "./engine.js";
export { quotedIdentifier, quotedText } from "./quoted-identifier.js";
export { hasRunningStatements, statementsEnd } from "./running-statements.js";
export { STATEMENT_LIMIT, StatementTimeout } from "./statement-timeout.js";
