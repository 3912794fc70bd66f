import { build } from "./install/compile.mjs";
import { installNodeModules } from "./install/node-modules.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";
import { createProgress } from "./progress.mjs";

main(async (signal) => {
  const places = placesAt();
  const progress = createProgress();
  await progress.step("node modules", (say) => installNodeModules(places, { signal, say }));
  await progress.step("build", (say) => build(places, { signal, say }));
  return 0;
});
