/** Vega parameters for rotation and tilt of the box, with default angles in degrees. */
export const BOX_PARAMS = [
  { name: "turn", value: 38, bind: { input: "range", min: 10, max: 80, step: 1, name: "Turn (°) " } },
  { name: "tilt", value: 18, bind: { input: "range", min: 6, max: 26, step: 1, name: "Tilt (°) " } },
] as const;

/** Point of the unit box: along its two floor edges and upwards. */
export type BoxPoint = readonly [a: number, b: number, c: number];

/**
 * Returns Vega-Lite transforms for an orthographic projection of points of the unit box: `x` to the right, `y` up, and
 * `near` towards the viewer, all 0 at the centre of the box.
 *
 * The a axis runs from the left corner to the near one, the b axis from the right corner to the near one.
 *
 * @param end Suffix of field names, for the second end of a line.
 */
export function boxTransforms(end = ""): readonly { readonly calculate: string; readonly as: string }[] {
  const [a, b, c] = ["a", "b", "c"].map((name) => `(datum.${name}${end} - 0.5)`);
  const [turn, tilt] = ["turn * PI / 180", "tilt * PI / 180"];
  const forward = `(${a} * sin(${turn}) + ${b} * cos(${turn}))`;
  return [
    { calculate: `${a} * cos(${turn}) - ${b} * sin(${turn})`, as: `x${end}` },
    { calculate: `${c} * cos(${tilt}) - ${forward} * sin(${tilt})`, as: `y${end}` },
    { calculate: `${forward} * cos(${tilt}) + ${c} * sin(${tilt})`, as: `near${end}` },
  ];
}

/** Returns a line between two points of the box, as a row for {@link boxTransforms}. */
export function boxLine([a, b, c]: BoxPoint, [a2, b2, c2]: BoxPoint): Readonly<Record<string, number>> {
  return { a, b, c, a2, b2, c2 };
}
