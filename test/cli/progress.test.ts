import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createProgress } from "../../src/cli/progress.js";
import { fakeEffects } from "./fake-effects.js";

/** Takes the line away that stands there. */
const clear = "\r\x1b[2K";

beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => void vi.useRealTimers());

/** Effects on the fake clock. */
const effectsOn = (isTerminal: boolean) => fakeEffects({ isTerminal, now: () => new Date() });
const wait = (ms: number) => () => new Promise<string>((resolve) => setTimeout(() => resolve("result"), ms));

describe("in a log", () => {
  test("a step is one line at its end, with facts and seconds, and returns the result of its body", async () => {
    const effects = effectsOn(false);
    const progress = createProgress(effects, { quiet: false });
    const step = progress.step(
      "clean",
      async () => {
        progress.say("  5 rows");
        return wait(1500)();
      },
      (result) => `1 ${result}`,
    );
    await vi.advanceTimersByTimeAsync(1500);
    expect(await step).toBe("result");
    expect(effects.said.err).toBe("  5 rows\nclean: 1 result (1.5 s)\n");
    expect(effects.said.out).toBe("");
  });

  test("a step that fails says nothing more, and the error passes through", async () => {
    const effects = effectsOn(false);
    const failing = createProgress(effects, { quiet: false }).step("clean", async () => {
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(effects.said.err).toBe("");
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("on a terminal", () => {
  test("one line is rewritten while the step runs, and remarks stand above it", async () => {
    const effects = effectsOn(true);
    const progress = createProgress(effects, { quiet: false });
    const step = progress.step("clean", wait(1000));
    await vi.advanceTimersByTimeAsync(400);
    expect(effects.said.err).toBe(`${clear}clean ... 0.2 s${clear}clean ... 0.4 s`);
    progress.say("  5 rows");
    expect(effects.said.err.endsWith(`${clear}  5 rows\nclean ... 0.4 s`)).toBe(true);
    await vi.advanceTimersByTimeAsync(600);
    await step;
    expect(effects.said.err.endsWith(`${clear}clean (1.0 s)\n`)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a bar is drawn over itself, and only its last line stays", () => {
    const effects = effectsOn(true);
    const { draw } = createProgress(effects, { quiet: false });
    draw?.("1 of 2", false);
    draw?.("2 of 2", true);
    expect(effects.said.err).toBe(`${clear}1 of 2${clear}2 of 2\n`);
    expect(createProgress(effectsOn(false), { quiet: false }).draw).toBeUndefined();
    expect(createProgress(effects, { quiet: true }).draw).toBeUndefined();
  });

  test("a step that fails takes its line away", async () => {
    const effects = effectsOn(true);
    const step = createProgress(effects, { quiet: false }).step("clean", async () => {
      await wait(300)();
      throw new Error("no");
    });
    const refused = expect(step).rejects.toThrow("no");
    await vi.advanceTimersByTimeAsync(300);
    await refused;
    expect(effects.said.err.endsWith(`clean ... 0.2 s${clear}`)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("quiet says nothing anywhere and still runs the body", async () => {
  const effects = effectsOn(true);
  const progress = createProgress(effects, { quiet: true });
  progress.say("  5 rows");
  expect(await progress.step("clean", async () => 3)).toBe(3);
  expect(effects.said).toMatchObject({ out: "", err: "" });
});
