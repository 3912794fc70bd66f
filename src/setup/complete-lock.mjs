import { readFileSync } from "node:fs";
import { join } from "node:path";
import { completeLock } from "./install/lock-file.mjs";
import { writeFileWhole } from "./install/stamp.mjs";
import { main } from "./main.mjs";
import { placesAt } from "./places.mjs";

main(async () => {
  const path = join(placesAt().home, "package-lock.json");
  const lock = JSON.parse(readFileSync(path, "utf8"));
  writeFileWhole(path, `${JSON.stringify({ ...lock, packages: completeLock(lock.packages) }, null, 2)}\n`);
  return 0;
});
