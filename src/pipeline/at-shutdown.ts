type End = (state: { readonly failed: boolean }) => unknown;

const key = Symbol.for("rekindle.atShutdown");

/**
 * Has the notebook kernel call `end` before it ends, with whether its last cell failed, unless the returned function
 * was called by then. Outside the kernel nothing calls it.
 */
export function atShutdown(end: End): () => void {
  // Global, as the kernel shares no module with the package that it runs.
  const shared = globalThis as { [key]?: Set<End> };
  shared[key] ??= new Set();
  const ends = shared[key];
  ends.add(end);
  return () => void ends.delete(end);
}
