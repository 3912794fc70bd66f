import { randomUUID } from "node:crypto";
import { type Engine, quotedIdentifier } from "../../engine/index.js";

/**
 * Two schemas of their own: one with what feature SQL may read, cut at a day, and one with the rest, such as the trusted
 * tables, labels and results. Nothing in them collides with other names, and both go when they are closed.
 */
export interface Relations {
  /** Finds names in both schemas, first in that of results. */
  readonly engine: Engine;
  /** Finds names in the schema of what feature SQL may read, and creates them there. */
  readonly seen: Engine;
  /** The full name of a relation that feature SQL may read. */
  seenName(name: string): string;
  /** The full name of a relation that it may not. */
  keptName(name: string): string;
  /** Drops both schemas. */
  close(): Promise<void>;
}

/** Creates both schemas, empty. */
export async function openRelations(engine: Engine): Promise<Relations> {
  const kept = `observations_${randomUUID().slice(0, 8)}`;
  const seen = `${kept}_seen`;
  for (const schema of [kept, seen]) await engine.run(`CREATE SCHEMA ${quotedIdentifier(schema)}`);
  const both = await engine.inSchemas([kept, seen]);
  const onlySeen = await engine.inSchemas([seen]);
  let isOpen = true;
  return {
    engine: both,
    seen: onlySeen,
    seenName: (name) => `${quotedIdentifier(seen)}.${quotedIdentifier(name)}`,
    keptName: (name) => `${quotedIdentifier(kept)}.${quotedIdentifier(name)}`,
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      both.close();
      onlySeen.close();
      for (const schema of [seen, kept]) await engine.run(`DROP SCHEMA ${quotedIdentifier(schema)} CASCADE`);
    },
  };
}
