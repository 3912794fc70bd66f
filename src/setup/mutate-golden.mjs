import { setPriority } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { main } from "./main.mjs";
import { mutateAtRandom } from "./mutations/mutate-at-random.mjs";
import { mutateByLists, mutationsIn } from "./mutations/mutate-by-lists.mjs";
import { withTestCopy } from "./mutations/test-copy.mjs";
import { placesAt } from "./places.mjs";

// Applies mutations to a copy of the repository and verifies that tests fail: those of the lists in
// test/golden/mutations, or with `--random 200 --seed 7` random ones. `--from 51` continues at the 51st of the seed.
main(async (signal) => {
  const { home } = placesAt();
  const { values, positionals: only } = parseArgs({
    options: { random: { type: "string" }, seed: { type: "string" }, from: { type: "string" } },
    allowPositionals: true,
  });
  // It takes long, and other work goes on.
  setPriority(10);
  if (values.random === undefined) {
    const mutations = mutationsIn(join(home, "test", "golden", "mutations"), only);
    return await withTestCopy(home, { signal }, (copy) => mutateByLists(copy, mutations));
  }
  const options = { random: values.random, seed: values.seed ?? "", from: values.from ?? "1" };
  for (const [name, value] of Object.entries(options)) {
    if (!/^[1-9]\d*$/.test(value))
      throw new Error(`Cannot mutate: --${name} is "${value}"; expected an integer of at least 1`);
  }
  const [count = 0, seed = 0, from = 0] = Object.values(options).map(Number);
  return await withTestCopy(home, { signal }, (copy) => mutateAtRandom(copy, { count, seed, from }));
});
