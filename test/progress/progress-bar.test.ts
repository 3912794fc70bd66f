import { describe, expect, test } from "vitest";
import { progressBar } from "../../src/progress/progress-bar.js";
import { terminalLine } from "../../src/progress/terminal-line.js";

/** A bar, its clock, and what it drew. */
function watchedBar() {
  const drawn: [string, boolean][] = [];
  const clock = { ms: 1000 };
  const show = progressBar("Search", {
    draw: (line, isLast) => drawn.push([line, isLast]),
    now: () => clock.ms,
  });
  return { drawn, clock, show };
}

describe("progressBar", () => {
  test("shows work done, time left and the note", () => {
    const { drawn, clock, show } = watchedBar();
    clock.ms += 2000;
    show({ done: 1, total: 4, note: "best 0.7" });
    clock.ms += 2000;
    show({ done: 4, total: 4 });
    expect(drawn).toEqual([
      ["Search ██████░░░░░░░░░░░░░░░░░░ 1/4, 6.0 s left, best 0.7", false],
      ["Search ████████████████████████ 4/4, in 4.0 s", true],
    ]);
  });

  test("draws the first and the last, and at most ten a second between them", () => {
    const { drawn, clock, show } = watchedBar();
    for (let done = 1; done <= 1000; ++done) {
      clock.ms += 1;
      show({ done, total: 1000 });
    }
    expect(drawn.length).toBe(11);
    expect([drawn[0][0], drawn[10][0]].map((line) => /(\d+)\/1000/.exec(line)?.[1])).toEqual(["1", "1000"]);
    expect(drawn.filter(([, isLast]) => isLast)).toEqual([drawn[10]]);
  });

  test("isLast ends the bar early; long times are in minutes", () => {
    const { drawn, clock, show } = watchedBar();
    clock.ms += 60_000;
    show({ done: 1, total: 10 });
    show({ done: 2, total: 10, isLast: true });
    expect(drawn.map(([line, isLast]) => [line.replace(/.* /u, ""), isLast])).toEqual([
      ["left", false],
      ["s", true],
    ]);
    expect(drawn[0][0]).toContain("1/10, 9 min left");
    expect(drawn[1][0]).toContain("2/10, in 60 s");
  });
});

test("lines on a terminal replace each other, are cut to its width, and the last one stays", () => {
  let written = "";
  const draw = terminalLine((text) => (written += text), { columns: 6 });
  draw("1 of 2 done", false);
  draw("2", true);
  expect(written).toBe("\r\x1b[2K1 of \r\x1b[2K2\n");
  written = "";
  terminalLine((text) => (written += text), { columns: 0 })("1 of 2 done", false);
  expect(written).toBe("\r\x1b[2K1 of 2 done");
});
