/**
 * Package entry of npm's lock file.
 *
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} LockedPackage
 */

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"];

/**
 * Adds platform builds that were not in the registry when the lock file was made. npm omits them from the file, but from
 * version 11.16 on `npm ci` rejects such a file.
 *
 * @param {Readonly<Record<string, LockedPackage>>} packages Packages by path, as in the lock file.
 * @returns {Record<string, LockedPackage>} All packages, in npm's order.
 */
export function completeLock(packages) {
  /** @type {Record<string, LockedPackage>} */
  const added = {};
  for (const { dev, optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const path = `node_modules/${name}`;
      // Only npm can resolve ranges; platform builds are always pinned.
      if (path in packages || !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version)) continue;
      const { os, cpu, libc } = platformOf(name);
      added[path] = { version, ...cpu, ...(dev && { dev }), ...libc, optional: true, ...os };
    }
  }
  const all = Object.entries({ ...packages, ...added });
  return Object.fromEntries(all.sort(([a], [b]) => a.localeCompare(b, "en")));
}

/**
 * Returns the platform in the name of a package, such as `@scope/tool-linux-x64-musl`.
 *
 * @param {string} name
 */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const [os, cpu] = [SYSTEMS, PROCESSORS].map((known) => known.find((word) => words.includes(word)));
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  return { os: os && { os: [os] }, cpu: cpu && { cpu: [cpu] }, libc: libc && { libc: [libc] } };
}
