import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fencedExamples } from "./checks/examples.js";
import { textOf } from "./checks/tracked-files.js";
import {
  type Answer,
  answerOf,
  cleanEnvironment,
  makeHome,
  repository,
  requireBuilt,
  stackFrame,
} from "./e2e/rekindle.js";
import { START_MS } from "./tracking/mlflow-server.js";

/** The commands of the README, in its order. */
const commands = fencedExamples("README.md", textOf("README.md"), "sh").flatMap(({ code }) =>
  code
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter(Boolean),
);

let home: string;
let lab: { child: ChildProcess; answer: Promise<Answer>; text: string };
const made = (...path: string[]) => existsSync(join(home, ...path));

/** What each command that ends must have done, all in one home that was empty before. */
const done: Readonly<Record<string, (answer: Answer) => void>> = {
  "npm start": ({ stdout }) => {
    expect(made("reports", "demo", "data_quality.html")).toBe(true);
    expect(readdirSync(join(home, "artifacts", "demo", "notebooks")).filter((name) => name.endsWith(".html"))).toEqual(
      readdirSync(join(repository, "notebooks"))
        .filter((name) => name.endsWith(".ipynb"))
        .map((name) => name.replace(".ipynb", ".html")),
    );
    expect(stdout).toContain("data_quality.html");
    expect(stdout).toMatch(/npm run lab/);
    // Everything was sent to the server that runs.
    expect(readdirSync(join(home, "mlruns", "queue"))).toEqual([]);
  },
  "npx rekindle data list": ({ stdout }) => {
    for (const name of ["demo", "online-retail", "online-retail-ii", "cdnow", "store-sales"]) {
      expect(stdout).toMatch(new RegExp(`^${name} `, "m"));
    }
  },
  "npx rekindle run --dataset demo": ({ stdout }) => {
    expect(stdout).toContain(join(home, "artifacts", "demo", "features"));
  },
  "npx rekindle segment --dataset demo": ({ stdout }) => {
    expect(stdout).toContain(join(home, "artifacts", "demo", "segments"));
    expect(made("artifacts", "demo", "segments", "lists", "at-risk.csv")).toBe(true);
    const page = textOf("docs/segmentation.md");
    const files = readdirSync(join(home, "artifacts", "demo", "segments"));
    const figures = readdirSync(join(home, "artifacts", "demo", "segments", "figures"));
    const named = [...files, ...figures.map((name) => name.replace(/\.(png|svg)$/, ""))];
    expect(named.filter((name) => !page.includes(name))).toEqual([]);
  },
  'npx rekindle experiment plan --segment "At Risk"': ({ stdout }) => {
    expect(stdout).toMatch(/^With \d+ .*customers.*, the test can detect /m);
    expect(made("artifacts", "demo", "experiments", "at-risk", "plan", "plan.md")).toBe(true);
  },
  "npx rekindle notebooks 01 --dataset demo": ({ stdout }) => {
    expect(stdout).toBe(`${join(home, "artifacts", "demo", "notebooks", "01-cleaning.html")}\n`);
  },
  "npx rekindle doctor": ({ stdout }) => expect(stdout).toContain("All required parts are installed"),
  "npx rekindle data add my-shop --from docs/examples/orders.csv --mapping docs/examples/orders.mapping.json": ({
    stdout,
  }) => {
    expect(stdout).toMatch(/^orders +orders\.csv /m);
  },
  "npx rekindle segment --dataset my-shop": ({ stderr }) => {
    expect(stderr).toContain("segment: running clean first (not run yet)");
    expect(made("artifacts", "my-shop", "segments", "segment_summary.csv")).toBe(true);
  },
  "npx rekindle run --dataset my-shop": () => {
    expect(made("artifacts", "my-shop", "features", "feature_store.csv")).toBe(true);
    expect(made("reports", "my-shop", "data_quality.md")).toBe(true);
  },
};
/** Stays up until it is interrupted: it runs while the others do, which log to its MLflow. */
const stays = "npm run lab";
/** Is what runs this. */
const ourselves = "npm test";

beforeAll(async () => {
  requireBuilt();
  home = makeHome();
  const child = launch(stays);
  lab = { child, answer: answerOf(child), text: "" };
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (text: string) => {
      lab.text += text;
      if (lab.text.includes("Press Ctrl-C to stop both")) resolve();
    });
    child.once("close", () => reject(new Error(`Cannot test: ${stays} ended\n${lab.text}`)));
  });
}, START_MS);

afterAll(async () => {
  const { pid, exitCode, signalCode } = lab?.child ?? {};
  if (pid !== undefined && exitCode === null && signalCode === null) {
    process.kill(-pid, "SIGTERM");
    await lab.answer;
  }
  rmSync(home, { recursive: true, force: true });
});

/** Starts a command in the repository, its data and results in a home of its own; a group that can be ended as a whole. */
function launch(command: string): ChildProcess {
  // CI keeps JupyterLab from opening a browser.
  const env = cleanEnvironment({ REKINDLE_HOME: home, ...(command === stays ? { CI: "true" } : {}) });
  return spawn("bash", ["-c", `exec ${command}`], {
    cwd: repository,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** The status that an address answers with; nothing if nobody listens. */
async function statusOf(url: string | URL, headers: Record<string, string> = {}): Promise<number | undefined> {
  return fetch(url, { headers }).then(
    ({ status }) => status,
    () => undefined,
  );
}

/** Returns true if git ignores a file of the repository. */
function isIgnored(path: string): boolean {
  return spawnSync("git", ["check-ignore", "--quiet", path], { cwd: repository }).status === 0;
}

test("every command of the README is tested here, in its order", () => {
  const order = commands.filter((command) => command !== ourselves && command !== stays);
  expect(order).toEqual(Object.keys(done));
  expect(commands).toContain(stays);
});

test.each(Object.entries(done))(
  "%s",
  async (command, check) => {
    const answer = await answerOf(launch(command));
    expect(answer.code, answer.stderr).toBe(0);
    expect(answer.stderr).not.toMatch(stackFrame);
    check(answer);
  },
  300_000,
);

test("npm run lab prints its two addresses and the folder to work in, both answer, and Ctrl-C stops both", async () => {
  const [, labUrl = ""] = /^JupyterLab +(\S+)$/m.exec(lab.text) ?? [];
  expect(new URL(labUrl).pathname).toBe("/lab/tree/notebooks/work");
  expect(lab.text).toContain("\nWork in notebooks/work/: ");
  const shipped = readdirSync(join(repository, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  expect(readdirSync(join(repository, "notebooks", "work"))).toEqual(expect.arrayContaining(shipped));
  expect(shipped.every((name) => isIgnored(join("notebooks", "work", name)))).toBe(true);
  const [, mlflowUrl = ""] = /^MLflow UI +(\S+)$/m.exec(lab.text) ?? [];
  expect(await statusOf(labUrl)).toBe(200);
  const health = new URL("/health", mlflowUrl);
  expect(mlflowUrl).toMatch(/\/#\/experiments(\/\d+\/runs)?\?workflowType=machine_learning$/);
  expect(await statusOf(health)).toBe(200);
  const api = new URL(`/api/contents${new URL(labUrl).search}`, labUrl);
  expect(await statusOf(api, { origin: "http://elsewhere.example" })).toBe(404);
  expect(lab.child.exitCode).toBeNull();

  // As a terminal does: to every process of the group.
  process.kill(-Number(lab.child.pid), "SIGINT");
  const { code, stderr } = await lab.answer;
  // Ctrl-C is how the lab is meant to end.
  expect(code).toBe(0);
  expect(stderr).not.toMatch(stackFrame);
  expect([await statusOf(labUrl), await statusOf(health)]).toEqual([undefined, undefined]);
  expect(made("mlruns", "server.json")).toBe(false);
});
