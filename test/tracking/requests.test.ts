import { afterEach, describe, expect, test } from "vitest";
import { parseRetryAfter, retryDelay } from "../../src/tracking/client/retry.js";
import { authOf, createMlflowClient, type MlflowClient, type MlflowClientOptions } from "../../src/tracking/index.js";
import { freePort } from "./mlflow-server.js";
import { type StubServer, sendJson, startStubServer } from "./stub-server.js";

let stub: StubServer | undefined;
afterEach(async () => {
  await stub?.close();
  stub = undefined;
});

const experiment = { experiment: { experiment_id: "7", name: "x" } };
const run = { run: { info: { run_id: "abc", experiment_id: "7", run_name: "r", start_time: "1700000000000" } } };

async function connect(answer: Parameters<typeof startStubServer>[0], options: Partial<MlflowClientOptions> = {}) {
  stub = await startStubServer(answer);
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => void slept.push(milliseconds);
  const client = createMlflowClient({ trackingUri: stub.url, sleep, random: () => 0, ...options });
  return { client, slept, requests: stub.requests };
}

describe("a request", () => {
  test("is repeated with growing pauses while the server answers 503, 429, 408 and 500", async () => {
    const statuses = [503, 429, 408, 500, 200];
    const { client, slept } = await connect((_, response, __, i) => sendJson(response, statuses[i], experiment));
    expect((await client.experiments.get("7")).name).toBe("x");
    expect(slept).toEqual([500, 1000, 2000, 4000]);
  });

  test("fails after the retries, with status, endpoint and MLflow's code", async () => {
    const { client, requests } = await connect(
      (_, response) => sendJson(response, 503, { error_code: "TEMPORARILY_UNAVAILABLE", message: "later." }),
      { retries: 2 },
    );
    await expect(client.experiments.get("7")).rejects.toMatchObject({
      name: "TrackingError",
      message: "Cannot read experiment 7: GET experiments/get answered 503 TEMPORARILY_UNAVAILABLE later",
      kind: "unavailable",
      status: 503,
      code: "TEMPORARILY_UNAVAILABLE",
      endpoint: "GET experiments/get",
    });
    expect(requests.length).toBe(3);
  });

  test("that is wrong is not repeated", async () => {
    const { client, requests } = await connect((_, response) => sendJson(response, 400, { error_code: "INVALID" }));
    await expect(client.experiments.get("7")).rejects.toMatchObject({ kind: "rejected", status: 400 });
    expect(requests.length).toBe(1);
  });

  test("waits as long as Retry-After says, in seconds or to a date", async () => {
    const now = () => Date.UTC(2026, 0, 1, 12, 0, 0);
    const headers = ["7", "Thu, 01 Jan 2026 12:00:09 GMT", "0", "nonsense"];
    const { client, slept } = await connect(
      (_, response, __, i) =>
        i < headers.length
          ? sendJson(response, 429, {}, { "retry-after": headers[i] ?? "" })
          : sendJson(response, 200, experiment),
      { now },
    );
    await client.experiments.get("7");
    expect(slept).toEqual([7000, 9000, 2000, 4000]);
    expect(parseRetryAfter(null, 0)).toBeUndefined();
  });

  test("is repeated when the connection breaks, before or within the answer", async () => {
    const { client, slept } = await connect((_, response, __, i) => {
      if (i === 0) response.destroy();
      else if (i === 1) {
        response.writeHead(200, { "content-length": "1000" }).write('{"experiment":');
        setTimeout(() => response.destroy(), 20);
      } else sendJson(response, 200, experiment);
    });
    expect((await client.experiments.get("7")).name).toBe("x");
    expect(slept.length).toBe(2);
  });

  test("ends after its time, which retries share", async () => {
    const { client, requests } = await connect(() => {}, { timeoutMs: 50, retries: 1 });
    await expect(client.experiments.get("7")).rejects.toThrow(/127\.0\.0\.1:\d+ did not answer within 0\.05 s/);
    expect(requests.length).toBe(1);
  });

  test("is not repeated when the pause would outlast its time", async () => {
    const { client, slept } = await connect((_, response) => sendJson(response, 429, {}, { "retry-after": "11" }));
    await expect(client.experiments.get("7")).rejects.toMatchObject({ kind: "unavailable", status: 429 });
    expect(slept).toEqual([]);
  });

  test("for a file may take longer than its time while the file arrives", async () => {
    const part = "x".repeat(100_000);
    const { client } = await connect(
      (request, response) => {
        if (request.url?.includes("drip")) return void response.write("x");
        response.write(part);
        setTimeout(() => response.end(part), 600);
      },
      { timeoutMs: 300, retries: 0 },
    );
    expect((await client.artifacts.readText("mlflow-artifacts:/1", "large.txt")).length).toBe(200_000);
    await expect(client.artifacts.readText("mlflow-artifacts:/1", "drip.txt")).rejects.toThrow("within 0.3 s");
  });

  test("ends at once when the caller aborts", async () => {
    const controller = new AbortController();
    const { client, requests } = await connect(() => controller.abort(new Error("stop")), {
      signal: controller.signal,
    });
    await expect(client.experiments.get("7")).rejects.toThrow("stop");
    expect(requests.length).toBe(1);
  });

  test("to a port where nothing listens says so", async () => {
    const trackingUri = `http://127.0.0.1:${await freePort()}`;
    const client = createMlflowClient({ trackingUri, retries: 0 });
    await expect(client.experiments.get("7")).rejects.toMatchObject({
      message: `Cannot read experiment 7: ${trackingUri} does not answer (ECONNREFUSED); start an MLflow server`,
      kind: "unavailable",
      cause: expect.objectContaining({ message: "fetch failed" }),
    });
    expect(await client.isReachable()).toBe(false);
  });

  test("to something that is not MLflow says so", async () => {
    const { client } = await connect((_, response) => response.end("<html>Welcome</html>"));
    await expect(client.experiments.get("7")).rejects.toThrow(
      /answered with something other than JSON; expected an MLflow server/,
    );
  });
});

describe("an address", () => {
  test.each([
    ["MLflow", 200, "OK", 200, "3.17.2"],
    ["MLflow", 401, "who is there?", 401, ""],
    ["MLflow", 200, "OK", 401, ""],
    ["something else", 200, "<html>Welcome</html>", 200, "<html>Welcome</html>"],
    ["something else", 200, "OK", 404, "no such page"],
    ["something else", 200, "OK", 200, "<html>Welcome</html>"],
    ["something else", 404, "no such page", 404, ""],
    ["nothing", 502, "Bad gateway", 502, ""],
  ])("is that of %s if it answers /health by %i %s and /version by %i %s", async (who, health, ok, version, text) => {
    stub = await startStubServer(
      (request, response) => {
        const isHealth = request.url === "/health";
        response.writeHead(isHealth ? health : version).end(isHealth ? ok : text);
      },
      { isMlflow: false },
    );
    const client = createMlflowClient({ trackingUri: stub.url });
    expect(await client.probe()).toBe(who);
    expect(await client.isReachable()).toBe(who === "MLflow");
  });

  test("is asked with the caller's credentials", async () => {
    const seen = new Set<string | undefined>();
    stub = await startStubServer(
      (request, response) => {
        seen.add(request.headers.authorization);
        response.end(request.url === "/health" ? "OK" : "3.17.2");
      },
      { isMlflow: false },
    );
    await createMlflowClient({ trackingUri: stub.url, auth: { kind: "bearer", token: "t" } }).probe();
    expect([...seen]).toEqual(["Bearer t"]);
  });
});

describe("what would take effect twice", () => {
  test("is looked for by its key after a lost answer, and found", async () => {
    const keys: unknown[] = [];
    const { client, requests } = await connect((request, response, body) => {
      const sent = JSON.parse(body) as { filter?: string; tags?: { key: string; value: string }[] };
      if (request.url?.endsWith("runs/create")) {
        keys.push(sent.tags?.find(({ key }) => key === "rekindle.run_key")?.value);
        response.destroy();
      } else {
        expect(sent.filter).toBe(`tags.\`rekindle.run_key\` = '${String(keys[0])}'`);
        sendJson(response, 200, { runs: [run.run] });
      }
    });
    const created = await client.runs.create({ experimentId: "7", runName: "r", startTime: 1 });
    expect(created).toMatchObject({ runId: "abc", startTime: 1_700_000_000_000 });
    expect(requests).toEqual(["POST /api/2.0/mlflow/runs/create", "POST /api/2.0/mlflow/runs/search"]);
  });

  test("is sent again with the same key if the server never took it", async () => {
    const bodies: string[] = [];
    const { client, requests } = await connect((request, response, body) => {
      if (request.url?.endsWith("runs/search")) return sendJson(response, 200, {});
      bodies.push(body);
      return bodies.length === 1 ? response.destroy() : sendJson(response, 200, run);
    });
    await client.runs.create({ experimentId: "7", runName: "r", startTime: 1 });
    expect(requests.map((line) => line.split("/").at(-1))).toEqual(["create", "search", "create"]);
    expect(bodies[1]).toBe(bodies[0]);
  });

  test("is simply sent again after 503, which comes before any work", async () => {
    const { client, requests } = await connect((_, response, __, i) => sendJson(response, i === 0 ? 503 : 200, run));
    await client.runs.create({ experimentId: "7", runName: "r", startTime: 1 });
    expect(requests.map((line) => line.split("/").at(-1))).toEqual(["create", "create"]);
  });
});

describe("credentials", () => {
  test("are sent as a bearer token, and a wrong token is refused without being shown", async () => {
    const answer: Parameters<typeof startStubServer>[0] = (request, response) =>
      request.headers.authorization === "Bearer s3cret"
        ? sendJson(response, 200, experiment)
        : sendJson(response, 401, {});
    const { client } = await connect(answer, { auth: { kind: "bearer", token: "s3cret" } });
    expect((await client.experiments.get("7")).name).toBe("x");
    const wrong = createMlflowClient({ trackingUri: client.trackingUri, auth: { kind: "bearer", token: "gu3ss" } });
    const error: unknown = await wrong.experiments.get("7").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      status: 401,
      message: expect.stringContaining("use valid credentials"),
    });
    expect(String(error)).not.toContain("gu3ss");
  });

  test("are chosen as MLflow's own clients choose them", () => {
    const basic = { username: "ada", password: "pw" };
    expect(authOf({ ...basic, token: "t" })).toEqual({ kind: "basic", ...basic });
    expect(authOf({ username: "ada", token: "t" })).toEqual({ kind: "bearer", token: "t" });
    expect(authOf({ username: "ada" })).toBeUndefined();
  });

  test("in a wrong address are not shown", () => {
    const make = () => createMlflowClient({ trackingUri: "sqlite://ada:pw@host/mlflow.db" });
    expect(make).toThrow(
      new RangeError(
        'Cannot reach MLflow at "sqlite://host/mlflow.db": expected the URL of a server, such as http://127.0.0.1:5000',
      ),
    );
  });
});

test("artifacts: a server that does not proxy them is an error that names the option", async () => {
  const client = createMlflowClient({ trackingUri: "http://127.0.0.1:1" });
  await expect(client.artifacts.uploadText("s3://bucket/1", "x", "a.txt")).rejects.toThrow(
    'Cannot upload "a.txt": the server keeps artifacts at "s3://bucket/1" and does not proxy them; start it with --serve-artifacts',
  );
});

test("pauses double up to half a minute, and a random half is taken off", () => {
  const pauses = (draw: number) => [0, 1, 5, 6, 20].map((attempt) => retryDelay(attempt, { random: () => draw }));
  expect(pauses(0)).toEqual([500, 1000, 16_000, 30_000, 30_000]);
  expect(pauses(1)).toEqual([250, 500, 8000, 15_000, 15_000]);
});

test.each<[string, (client: MlflowClient) => Promise<unknown>]>([
  [
    'create a run: unknown option "runname"; did you mean "runName"?',
    ({ runs }) => runs.create({ experimentId: "1", runname: "r", startTime: 1 } as never),
  ],
  ['update a run: unknown option "endtime"', ({ runs }) => runs.update("1", { endtime: 1 } as never)],
  ['log to a run: unknown option "metric"', ({ runs }) => runs.logBatch("1", { metric: [] } as never)],
  [
    'log a metric: unknown option "steps"',
    ({ runs }) => runs.logMetric("1", { key: "a", value: 1, timestamp: 1, steps: 1 } as never),
  ],
  [
    'log metric "a": its value is "1"; expected a number',
    ({ runs }) => runs.logMetric("1", { key: "a", value: "1", timestamp: 1 } as never),
  ],
  ['log the inputs of a run: unknown option "dataset"', ({ runs }) => runs.logInputs("1", { dataset: [] } as never)],
  [
    'log the inputs of a run: unknown option "sourcetype"',
    ({ runs }) => runs.logInputs("1", { datasets: [{ sourcetype: "x" }] } as never),
  ],
  [
    'log the outputs of a run: unknown option "modelID"',
    ({ runs }) => runs.logOutputs("1", [{ modelID: "m" }] as never),
  ],
  ['log a model: unknown option "runId"', ({ loggedModels }) => loggedModels.create({ runId: "1" } as never)],
  [
    'create a model version: unknown option "run"',
    ({ registeredModels }) => registeredModels.createVersion("m", { run: "1" } as never),
  ],
])("Cannot %s", async (message, call) => {
  const { client, requests } = await connect((_, response) => sendJson(response, 200, run));
  await expect(call(client)).rejects.toThrow(`Cannot ${message}`);
  expect(requests).toEqual([]);
});

test("unknown keys of credentials are refused", () => {
  const auth = { kind: "bearer", tokens: "t" } as never;
  expect(() => createMlflowClient({ trackingUri: "http://127.0.0.1:1", auth })).toThrow(
    'unknown option "tokens"; did you mean "token"?',
  );
});
