/**
 * Returns a function from [0, 1] to a colour between those of a scale, linear in RGB.
 *
 * @example
 * interpolateColors(["#000000", "#ffffff"])(0.5); // "#808080"
 */
export function interpolateColors(colors: readonly string[]): (t: number) => string {
  const stops = colors.map((color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)));
  return (t) => {
    const place = Math.min(1, Math.max(0, t)) * (stops.length - 1);
    const low = Math.min(Math.floor(place), stops.length - 2);
    const mixed = stops[low].map((from, i) => Math.round(from + (place - low) * (stops[low + 1][i] - from)));
    return `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  };
}
