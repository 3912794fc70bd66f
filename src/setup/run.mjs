import { fileURLToPath } from "node:url";
import { run } from "./child.mjs";
import { build, buildState } from "./install/compile.mjs";
import { installNodeModules, nodeModulesState } from "./install/node-modules.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";
import { createProgress } from "./progress.mjs";

// These two commands must work before the build.
const OWN = new Map([
  ["doctor", "doctor.mjs"],
  ["lab", "lab.mjs"],
]);

main(async (signal) => {
  const places = placesAt();
  const args = process.argv.slice(2);
  const own = OWN.get(args[0] ?? "");
  if (!own) {
    // Standard output is reserved for the command's results.
    const progress = createProgress({ stream: process.stderr });
    if (nodeModulesState(places) !== "present") {
      await progress.step("node modules", (say) => installNodeModules(places, { signal, say }));
    }
    if (buildState(places) !== "present") await progress.step("build", (say) => build(places, { signal, say }));
  }
  const program = own ? [fileURLToPath(new URL(own, import.meta.url)), ...args.slice(1)] : [places.bin, ...args];
  const { code } = await run("node", program, { inherit: true, signal });
  return code;
});
