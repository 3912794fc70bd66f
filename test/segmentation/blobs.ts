import { matrixFromRows } from "../../src/matrix/index.js";
import { createRandom, normal } from "../../src/numeric/random.js";

/** Rows around `k` centres far apart. */
export function blobs(k: number, perBlob: number, seed: number) {
  const random = createRandom(seed);
  const rows = Array.from({ length: k * perBlob }, (_, i) => [
    10 * (i % k) + normal(random),
    -7 * ((i * 3) % k) + normal(random),
  ]);
  return matrixFromRows(rows);
}
