import { expect, test } from "vitest";
import { createProgress } from "../../src/setup/progress.mjs";

function fakeStream() {
  const written: string[] = [];
  const stream = { columns: 40, write: (text: string) => written.push(text) > 0 };
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => written.join("") };
}

/** A clock that moves a second at each look. */
function clock() {
  let seconds = 0;
  return () => ++seconds * 1000;
}

test("a log gets one plain line at the start of a step and one at its end", async () => {
  const { stream, text } = fakeStream();
  const progress = createProgress({ stream, live: false, now: clock() });
  const result = await progress.step("build", async (say) => {
    say("compiled");
    return 7;
  });
  expect(result).toBe(7);
  expect(text()).toBe("… build\n✓ build             1.0 s  compiled\n");
  expect(progress.summary()).toMatch(/^ {2}build +1\.0 s {2}compiled\n {2}total +3\.0 s/);
});

test("a step that fails is marked, and its error is passed on", async () => {
  const { stream, text } = fakeStream();
  const progress = createProgress({ stream, live: false, now: clock() });
  const step = progress.step("build", async () => {
    throw new Error("no");
  });
  await expect(step).rejects.toThrow("no");
  expect(text()).toBe("… build\n✗ build             1.0 s\n");
});

test("progress on a terminal: lines of running steps are redrawn and never wrap", async () => {
  const { stream, text } = fakeStream();
  const progress = createProgress({ stream, live: true, now: clock() });
  await progress.step("node modules", async (say) => {
    say("a note that is far longer than the terminal is wide");
    progress.print("something");
  });
  const drawn = text()
    .split("\n")
    .find((line) => line.startsWith("…"));
  expect(drawn).toHaveLength(39);
  expect(text()).toContain("\x1b[1A\x1b[J");
  expect(text().endsWith("terminal is wide\n")).toBe(true);
});

test("a step that writes to the terminal itself is not drawn over", async () => {
  const { stream, text } = fakeStream();
  const progress = createProgress({ stream, live: true, now: clock() });
  await progress.step(
    "main job",
    async () => {
      stream.write("its own line\n");
      progress.print("and one of ours");
    },
    { writes: true },
  );
  expect(text()).toBe("… main job\nits own line\nand one of ours\n✓ main job          1.0 s\n");
});
