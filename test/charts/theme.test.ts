import { describe, expect, test } from "vitest";
import {
  COLORS,
  type ColorMode,
  type ColorToken,
  cssVariable,
  SEGMENT_NAMES,
  segmentColor,
} from "../../src/charts/index.js";

type Rgb = readonly [number, number, number];

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
const VISIONS: Readonly<Record<string, readonly Rgb[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** What bars and radars of clusters may be coloured by. */
const COLORED = [...SEGMENT_NAMES, "Too few orders"];

describe.each(["light", "dark"] as const)("in %s mode", (mode: ColorMode) => {
  test.each(COLORED)("%s stands out from card and page by 3:1", (name) => {
    for (const ground of ["card", "page"] as const) {
      expect(contrast(segmentColor(name, mode), COLORS[mode][ground])).toBeGreaterThanOrEqual(3);
    }
  });

  test.each(Object.keys(VISIONS))("segments differ from each other with %s", (vision) => {
    for (const a of SEGMENT_NAMES) {
      for (const b of SEGMENT_NAMES) {
        if (a >= b) continue;
        const distance = distanceOf(segmentColor(a, mode), segmentColor(b, mode), VISIONS[vision]);
        expect(distance, `${a} and ${b}`).toBeGreaterThanOrEqual(9);
      }
    }
  });

  test.each(Object.keys(VISIONS))("too few orders are no lost customers with %s", (vision) => {
    const [few, lost] = [segmentColor("Too few orders", mode), segmentColor("Lost/Churned", mode)];
    expect(distanceOf(few, lost, VISIONS[vision])).toBeGreaterThanOrEqual(18);
  });

  test.each(["ink", "soft", "accent", "warn", "good"] as const)("text in %s has 4.5:1 on card and page", (token) => {
    for (const ground of ["card", "page"] as const) {
      expect(contrast(COLORS[mode][token], COLORS[mode][ground])).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("numbers in heat maps have 4.5:1 on every step", () => {
    const steps: [ColorToken, ColorToken][] = [
      ...[0, 1, 2, 3].map((i): [ColorToken, ColorToken] => [`seq${i}` as ColorToken, "ink"]),
      ...[4, 5, 6].map((i): [ColorToken, ColorToken] => [`seq${i}` as ColorToken, "onStrong"]),
      ...[2, 3, 4, 5, 6].map((i): [ColorToken, ColorToken] => [`div${i}` as ColorToken, "ink"]),
      ...[0, 1, 7, 8].map((i): [ColorToken, ColorToken] => [`div${i}` as ColorToken, "onStrong"]),
      ["accent", "onStrong"],
      ["accentSoft", "ink"],
    ];
    for (const [ground, text] of steps) {
      expect(contrast(COLORS[mode][ground], COLORS[mode][text]), ground).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test("no two tokens share a light colour, because pages replace colours by token", () => {
  const colors = Object.values(COLORS.light);
  expect(new Set(colors).size).toBe(colors.length);
  expect(Object.keys(COLORS.dark)).toEqual(Object.keys(COLORS.light));
});

test("every token has a CSS variable of its own", () => {
  const names = Object.keys(COLORS.light).map((token) => cssVariable(token as ColorToken));
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain("--seq-0");
  expect(names).toContain("--on-strong");
});

test("a word that names no segment is neutral", () => {
  expect(segmentColor("Martians")).toBe(COLORS.light.soft);
});

function linear(hex: string): Rgb {
  return [1, 3, 5].map((i) => {
    const c = Number.parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
}

/** WCAG 2.2. */
function contrast(a: string, b: string): number {
  const [low, high] = [a, b]
    .map((hex) => {
      const [red, green, blue] = linear(hex);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
    })
    .sort((x, y) => x - y);
  return high / low;
}

/** Distance in OKLab (Ottosson 2020), times 100. */
function distanceOf(a: string, b: string, vision: readonly Rgb[]): number {
  const [p, q] = [a, b].map((hex) => {
    const rgb = linear(hex);
    return oklab(
      vision.map((row) =>
        Math.min(
          1,
          Math.max(
            0,
            row.reduce((sum, weight, i) => sum + weight * rgb[i], 0),
          ),
        ),
      ),
    );
  });
  return 100 * Math.hypot(...p.map((value, i) => value - q[i]));
}

function oklab([r, g, b]: readonly number[]): readonly number[] {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
