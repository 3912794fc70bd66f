import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { isProcessRunning } from "../../src/storage/index.js";

const helper = pathToFileURL(`${import.meta.dirname}/end-with-parent.mjs`).href;

test("a server in a group of its own ends when the process that started it is killed", async () => {
  const script = `
    import { spawn } from "node:child_process";
    import { endWithParent } from ${JSON.stringify(helper)};
    const server = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
    endWithParent(server.pid);
    console.log(server.pid);
    setInterval(() => {}, 1000);`;
  const options = { stdio: ["ignore", "pipe", "inherit"] as ["ignore", "pipe", "inherit"] };
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], options);
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString());
  expect(isProcessRunning(pid)).toBe(true);
  parent.kill("SIGKILL");
  for (let i = 0; i < 200 && isProcessRunning(pid); ++i) await sleep(50);
  expect(isProcessRunning(pid)).toBe(false);
});
