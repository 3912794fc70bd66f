import { expect, test } from "vitest";
import { throttle } from "../../src/progress/throttle.js";

test("calls the function at most once per interval", () => {
  let time = 0;
  const said: number[] = [];
  const tell = throttle((n: number) => said.push(n), { now: () => new Date(time), seconds: 2 });
  for (time = 0; time <= 5000; time += 500) tell(time);
  expect(said).toEqual([2000, 4000]);
});
