import type { ImportedSource, Provenance } from "./provenance.js";

/**
 * Groups the files of an import: the files that match a pattern of the mapping are one group, any other file is one alone.
 */
export function sourceGroups({
  sources,
  mapping,
}: Pick<Provenance, "sources" | "mapping">): readonly (readonly ImportedSource[])[] {
  const tables = [...new Set(sources.map(({ table }) => table))];
  return tables.flatMap((table) => {
    const own = sources.filter((source) => source.table === table);
    const { glob = false, join = [] } = mapping[table as keyof typeof mapping] ?? {};
    // Joined files follow those of the table.
    const matched = glob ? own.slice(0, own.length - join.length) : [];
    const others = own.slice(matched.length).map((source) => [source]);
    return matched.length ? [matched, ...others] : others;
  });
}
