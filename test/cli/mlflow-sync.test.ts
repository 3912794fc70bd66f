import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../../src/cli/main.js";
import { fakeEffects } from "./fake-effects.js";

test("mlflow sync says when what answers is not MLflow", async () => {
  const server = createServer((_, response) => response.writeHead(404).end("no such page")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const uri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const effects = fakeEffects({ env: { REKINDLE_HOME: "/nowhere", MLFLOW_TRACKING_URI: uri } });
  await expect(main(["mlflow", "sync"], effects)).rejects.toThrow(
    `Cannot sync: ${uri} is not an MLflow server; set MLFLOW_TRACKING_URI to one`,
  );
});
