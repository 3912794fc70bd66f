import { createCanvas, loadImage } from "@napi-rs/canvas";
import { expect, test } from "vitest";
import { type Chart, COLORS, createChart, renderPng, WIDE } from "../../src/charts/index.js";
import { EXAMPLES } from "./examples.js";

const chart = EXAMPLES["monthly-revenue"];

test("a PNG states 300 dots per inch and has the pixels for it", async () => {
  const png = Buffer.from(await renderPng(chart));
  const at = png.indexOf("pHYs");
  expect(at).toBe(8 + 25 + 4);
  expect(png.readUInt32BE(at + 4)).toBe(11811);
  expect(png.readUInt32BE(at + 8)).toBe(11811);
  expect(png[at + 12]).toBe(1);
  const width = png.readUInt32BE(16);
  expect(Math.abs(width - (WIDE * 300) / 96)).toBeLessThanOrEqual(2);
  const image = await loadImage(png);
  expect(image.width).toBe(width);
});

test("a PNG has the same bytes again", async () => {
  expect(Buffer.compare(await renderPng(chart), await renderPng(chart))).toBe(0);
});

test("texts are really drawn: there is ink where the title stands", async () => {
  const bare: Chart = createChart({
    ...chart,
    spec: { ...EXAMPLES["missing-values-none"].spec, data: { values: [{ text: "" }] } },
  });
  expect(await inkPixels(bare)).toBeGreaterThan(500);
});

test("dpi scales the picture and is bounded", async () => {
  const small = Buffer.from(await renderPng(chart, { dpi: 96 }));
  expect(Math.abs(small.readUInt32BE(16) - WIDE)).toBeLessThanOrEqual(1);
  await expect(renderPng(chart, { dpi: 0 })).rejects.toThrow("dpi is 0; expected 24 to 1200");
});

/** Pixels in the colour of texts. */
async function inkPixels(subject: Chart): Promise<number> {
  const image = await loadImage(Buffer.from(await renderPng(subject, { dpi: 192 })));
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  const ink = Buffer.from(COLORS.light.ink.slice(1), "hex");
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (data[i] === ink[0] && data[i + 1] === ink[1] && data[i + 2] === ink[2]) ++count;
  }
  return count;
}
