import { type Engine, quotedIdentifier } from "../../engine/index.js";
import { requireKnownOptions } from "../../errors.js";

/**
 * Runs `body` in a temporary schema and drops the schema afterwards, so that intermediate relations neither collide with
 * other names nor stay in memory.
 *
 * @param keep Keeps the schema for views outside of it until the next call with that name; defaults to false.
 */
export async function withScratchSchema<T>(
  engine: Engine,
  name: string,
  body: (schema: string) => Promise<T>,
  options: { keep?: boolean } = {},
): Promise<T> {
  requireKnownOptions("use a scratch schema", options, { keep: true });
  const { keep = false } = options;
  const schema = quotedIdentifier(`scratch_${name}`);
  await engine.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await engine.run(`CREATE SCHEMA ${schema}`);
  await engine.run(`USE ${schema}`);
  let done = false;
  try {
    const result = await body(schema);
    done = true;
    return result;
  } finally {
    await engine.run("USE main");
    if (!(keep && done)) await engine.run(`DROP SCHEMA ${schema} CASCADE`);
  }
}
