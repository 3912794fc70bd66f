import { join } from "node:path";
import { type Engine, quotedIdentifier } from "../../../engine/index.js";
import { truthColumns } from "../truth-row.js";

const textColumns = ["customer_id", "state", "favourite_category", "favourite_product_type", "response_type"];

/** Converts truth.csv of a demo folder to a typed Parquet file at `path`. */
export async function writeTruthParquet(engine: Engine, folder: string, path: string): Promise<void> {
  const options = { delimiter: ",", header: true, encoding: "utf-8" as const, columns: truthColumns };
  await engine.registerDelimited("demo_truth", join(folder, "truth.csv"), options);
  const columns = truthColumns.map((name) => {
    const column = quotedIdentifier(name);
    const type = name === "as_of" ? "DATE" : name === "alive" ? "BOOLEAN" : "DOUBLE";
    return textColumns.includes(name) ? column : `CAST(${column} AS ${type}) AS ${column}`;
  });
  await engine.writeParquet(`SELECT ${columns.join(", ")} FROM demo_truth ORDER BY customer_id`, path);
}
