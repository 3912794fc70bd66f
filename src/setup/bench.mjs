import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run, runOrThrow } from "./child.mjs";
import { install } from "./install/installation.mjs";
import { stamped, stampOf, stampState } from "./install/stamp.mjs";
import { main } from "./main.mjs";
import { placesAt, pythonProgram } from "./places.mjs";
import { createProgress } from "./progress.mjs";

/** @typedef {import("./places.mjs").Places} Places */

main(async (signal) => {
  const places = placesAt();
  const folder = join(places.home, "test", "bench");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const all = names.filter((name) => existsSync(join(folder, name, "run.mjs")));
  const [wanted, ...args] = process.argv.slice(2);
  if (wanted !== undefined && !all.includes(wanted)) {
    process.stderr.write(`Cannot run benchmark "${wanted}": expected one of ${all.join(", ") || "none"}\n`);
    return 2;
  }
  const progress = createProgress({ stream: process.stderr });
  await install(places, { progress, signal });
  await progress.step(".venv-peers", (say) => installPeers(places, { signal, say }));
  const env = { ...process.env, REKINDLE_PEERS_PYTHON: join(peersFolder(places), "bin", "python") };
  let worst = 0;
  for (const name of wanted === undefined ? all : [wanted]) {
    progress.print(`\n${name}`);
    const { code } = await run("node", [join(folder, name, "run.mjs"), ...args], {
      cwd: places.home,
      env,
      inherit: true,
      signal,
    });
    signal.throwIfAborted();
    worst = Math.max(worst, code);
  }
  return worst;
});

/** @param {Places} places */
function peersFolder(places) {
  return join(places.home, ".venv-peers");
}

/**
 * Installs the libraries that benchmarks compare with into a separate environment, unless it is up to date.
 *
 * @param {Places} places
 * @param {{ signal: AbortSignal, say: (note: string) => void }} options
 */
async function installPeers(places, { signal, say }) {
  const requirements = join(places.home, "test", "bench", "peers", "requirements.txt");
  if (!existsSync(requirements)) return say("nothing to install");
  const stampPath = join(peersFolder(places), ".rekindle-stamp");
  const stamp = stampOf({ files: [requirements], texts: [peersFolder(places)] });
  if (stampState(stampPath, stamp) === "present") return say("up to date");
  const options = { cwd: places.home, signal };
  await stamped(
    stampPath,
    () => stamp,
    async () => {
      await runOrThrow("make .venv-peers", "python3", ["-m", "venv", "--clear", peersFolder(places)], options);
      const hashed = readFileSync(requirements, "utf8").includes("--hash=") ? ["--require-hashes"] : [];
      const python = join(peersFolder(places), "bin", "python");
      const install = ["pip", "install", "--quiet", "--python", python, ...hashed, "-r", requirements];
      await runOrThrow("install the libraries to compare with", pythonProgram(places, "uv"), install, options);
    },
  );
  say("installed");
}
