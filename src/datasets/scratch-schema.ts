import { type Engine, quotedIdentifier } from "../engine/index.js";

/**
 * Runs `body` with every relation that it makes in a schema of its own, which is gone afterwards: what an import or a
 * cleaning puts together on the way neither collides with other names nor stays in memory.
 */
export async function withScratchSchema<T>(engine: Engine, name: string, body: () => Promise<T>): Promise<T> {
  const schema = quotedIdentifier(`scratch_${name}`);
  await engine.run(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await engine.run(`CREATE SCHEMA ${schema}`);
  await engine.run(`USE ${schema}`);
  try {
    return await body();
  } finally {
    await engine.run("USE main");
    await engine.run(`DROP SCHEMA ${schema} CASCADE`);
  }
}
