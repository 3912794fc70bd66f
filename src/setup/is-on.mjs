/**
 * Returns true if an environment variable is `1`, `true`, `yes` or `on`, as in src/storage/environment.ts.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env] Defaults to that of this process.
 */
export function isOn(name, env = process.env) {
  return /^(1|true|yes|on)$/i.test(env[name] ?? "");
}
