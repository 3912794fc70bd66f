import { type Engine, quotedIdentifier } from "../../engine/index.js";

/**
 * Runs `body` with every relation that it makes in a schema of its own, which is gone afterwards: what an import or a
 * cleaning puts together on the way neither collides with other names nor stays in memory.
 *
 * @param keep Leaves the schema for views outside to read, until the next run of that name; defaults to false.
 */
export async function withScratchSchema<T>(
  engine: Engine,
  name: string,
  body: (schema: string) => Promise<T>,
  { keep = false }: { keep?: boolean } = {},
): Promise<T> {
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
