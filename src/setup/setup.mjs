import { install } from "./install/installation.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";
import { createProgress } from "./progress.mjs";

main(async (signal) => {
  const progress = createProgress();
  await install(placesAt(), { progress, signal });
  progress.print(progress.summary());
  return 0;
});
