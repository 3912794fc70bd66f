/**
 * Whether a switch of the environment is on: as in src/storage/environment.ts, `1`, `true`, `yes` and `on` are, `False` is not.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env] Defaults to this process's own.
 */
export function isOn(name, env = process.env) {
  return /^(1|true|yes|on)$/i.test(env[name] ?? "");
}
