import { expect, test } from "vitest";
import { argsort } from "../../src/numeric/argsort.js";
import { createRandom, integer, type Random } from "../../src/numeric/random.js";

const DRAWS: Record<string, (random: Random) => number> = {
  "shares of one": (random) => random.uniform(),
  "numbers of both signs": (random) => random.uniform() - 0.5,
  "many ties": (random) => integer(random, 9) - 4,
  "numbers of all sizes": (random) => (random.uniform() - 0.5) * 10 ** (600 * random.uniform() - 300),
  "negative zeros": (random) => (integer(random, 2) ? 0 : -0),
  infinities: (random) => [-Infinity, -1, 0, 1, Infinity][integer(random, 5)],
  "one value": () => 7,
  "numbers that differ in their last bits": (random) => 1 + integer(random, 1000) * 2 ** -52,
  "numbers close together in threes": (random) => integer(random, 1700) + integer(random, 3) * 2 ** -40,
};

test.each(Object.keys(DRAWS).flatMap((name) => [0, 1, 511, 512, 5000].map((n) => [name, n] as const)))(
  "the order is that of a stable comparing sort: %s, %i rows",
  (name, n) => {
    const random = createRandom(n + 1);
    const values = Float64Array.from({ length: n }, () => DRAWS[name](random));
    const compare = (i: number, j: number) => (values[i] < values[j] ? -1 : values[i] > values[j] ? 1 : i - j);
    const expected = Array.from({ length: n }, (_, i) => i).sort(compare);
    expect([...argsort(values)]).toEqual(expected);
  },
);

test("the values stay as they were", () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => -i);
  argsort(values);
  expect(values[999]).toBe(-999);
});
