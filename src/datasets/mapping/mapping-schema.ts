import { Type } from "typebox";
import { sourceContract, type TableName } from "../import/contract.js";

const closed = { additionalProperties: false };
const Names = (expected: string) => Type.Array(Type.String(), { expected });
const Formats = Type.Union([Type.String(), Type.Array(Type.String())], { expected: "a format or a list of formats" });

const Limit = (minimum: number, maximum: number) =>
  Type.Integer({ minimum, maximum, expected: `a whole number from ${minimum} to ${maximum}` });

const fileOptions = {
  delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1, expected: "one character" })),
  encoding: Type.Optional(Type.String({ expected: "the name of an encoding" })),
  skip: Type.Optional(Type.Integer({ minimum: 0, expected: "a number of lines" })),
  header: Type.Optional(
    Type.Union([Type.Boolean(), Type.Array(Type.String())], { expected: "true, false or a list of column names" }),
  ),
  escape: Type.Optional(Type.String({ minLength: 1, maxLength: 1, expected: "one character" })),
  sheets: Type.Optional(Names("a list of sheet names")),
  limits: Type.Optional(
    Type.Object(
      {
        columns: Type.Optional(Limit(1, 100_000)),
        line_bytes: Type.Optional(Limit(1024, 1 << 24)),
        workbook_bytes: Type.Optional(Limit(1024, 2 ** 36)),
      },
      { ...closed, expected: '{"columns": …, "line_bytes": …, "workbook_bytes": …}' },
    ),
  ),
};

const Join = Type.Object(
  {
    file: Type.String({ expected: "a file name" }),
    on: Type.Array(Type.String(), { minItems: 1, expected: "a list of columns that both files have" }),
    first_by: Type.Optional(Type.String()),
    ...fileOptions,
  },
  { ...closed, expected: '{"file": …, "on": […]}' },
);

const ColumnSource = Type.Union([Type.String(), Type.Object({ sql: Type.String() })], {
  expected: 'a source column or {"sql": …}',
});

/** Options of a table beside its columns. */
export const tableOptions = {
  file: Type.Optional(Type.String({ expected: "a file name" })),
  glob: Type.Optional(Type.Boolean({ expected: "true or false" })),
  timestamp_format: Type.Optional(Formats),
  formats: Type.Optional(Type.Record(Type.String(), Formats, { expected: "formats by column" })),
  timezone: Type.Optional(Type.String({ expected: "an IANA time zone" })),
  decimal: Type.Optional(Type.Enum([".", ","])),
  order_amount: Type.Optional(Type.Enum(["lines", "stated"])),
  missing: Type.Optional(Type.Array(Type.String(), { expected: "a list of words" })),
  join: Type.Optional(Type.Array(Join, { expected: 'a list of {"file": …, "on": […]}' })),
  ...fileOptions,
};

function tableSchema(table: TableName) {
  const columns = Object.entries(sourceContract[table].columns).map(([name, { required }]) => [
    name,
    required ? ColumnSource : Type.Optional(ColumnSource),
  ]);
  return Type.Object({ columns: Type.Object(Object.fromEntries(columns), closed), ...tableOptions }, closed);
}

const tables = Object.keys(sourceContract) as TableName[];

/** Schema of a mapping in its nested form, with canonical names of columns. */
export const mappingSchema = Type.Object(
  Object.fromEntries(
    tables.map((table) => [table, table === "orders" ? tableSchema(table) : Type.Optional(tableSchema(table))]),
  ),
  closed,
);
