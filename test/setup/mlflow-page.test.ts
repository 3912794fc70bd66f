import { expect, onTestFinished, test } from "vitest";
import { mlflowPage } from "../../src/setup/mlflow-page.mjs";
import { sendJson, startStubServer } from "../tracking/stub-server.js";

async function serve(...args: Parameters<typeof startStubServer>): Promise<string> {
  const stub = await startStubServer(...args);
  onTestFinished(() => stub.close());
  return stub.url;
}

const experiments = [
  { experiment_id: "0", name: "Default" },
  { experiment_id: "7", name: "rekindle/shop" },
  { experiment_id: "3", name: "rekindle/demo" },
];

test("mlflowPage: the runs of the experiment changed last, or of the one named", async () => {
  const url = await serve((_, response, body) => {
    expect(JSON.parse(body)).toEqual({ max_results: 1000, order_by: ["last_update_time DESC"] });
    sendJson(response, 200, { experiments });
  });
  expect(await mlflowPage(`${url}/`)).toBe(`${url}/#/experiments/7/runs?workflowType=machine_learning`);
  expect(await mlflowPage(url, { experiment: "rekindle/demo" })).toBe(
    `${url}/#/experiments/3/runs?workflowType=machine_learning`,
  );
});

test.each<[string, Parameters<typeof startStubServer>[0]]>([
  ["has no experiment yet", (_, response) => sendJson(response, 200, { experiments: experiments.slice(0, 1) })],
  ["answers {}", (_, response) => sendJson(response, 200, {})],
  ["answers null", (_, response) => sendJson(response, 200, null)],
  ["answers garbage", (_, response) => void response.end("<html>")],
  ["answers 500", (_, response) => sendJson(response, 500, {})],
  ["never answers", () => {}],
])("mlflowPage: the list of experiments if the server %s", async (_, answer) => {
  const url = await serve(answer);
  expect(await mlflowPage(url)).toBe(`${url}/#/experiments?workflowType=machine_learning`);
});

test("mlflowPage: credentials of the address are sent", async () => {
  const url = await serve((request, response) =>
    request.headers.authorization === `Basic ${Buffer.from("ada:p w").toString("base64")}`
      ? sendJson(response, 200, { experiments })
      : sendJson(response, 401, {}),
  );
  expect(await mlflowPage(url.replace("//", "//ada:p%20w@"))).toContain("/#/experiments/7/runs?");
});
