import { expect, test } from "vitest";
import { completeLock } from "../../src/setup/install/lock-file.mjs";

const TOOL = {
  version: "2.0.0",
  dev: true,
  optionalDependencies: { "@t/tool-linux-x64-musl": "2.0.0", "@t/tool-darwin-arm64": "2.0.0" },
};

test("builds for other platforms are added where npm left them out, for their platform only", () => {
  expect(completeLock({ "": {}, "node_modules/zod": { version: "1.0.0" }, "node_modules/@t/tool": TOOL })).toEqual({
    "": {},
    "node_modules/@t/tool": TOOL,
    "node_modules/@t/tool-darwin-arm64": {
      version: "2.0.0",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["darwin"],
    },
    "node_modules/@t/tool-linux-x64-musl": {
      version: "2.0.0",
      cpu: ["x64"],
      dev: true,
      libc: ["musl"],
      optional: true,
      os: ["linux"],
    },
    "node_modules/zod": { version: "1.0.0" },
  });
});

test("entries that npm wrote and ranges that it must resolve stay as they are", () => {
  const packages = {
    "node_modules/a": { version: "1.0.0", optionalDependencies: { b: "^1.0.0", "c-linux-x64": "1.0.0" } },
    "node_modules/c-linux-x64": { version: "1.0.0", os: ["linux"], optional: true },
  };
  expect(completeLock(packages)).toEqual(packages);
});
