import { expect, test } from "vitest";
import { requireArtifactPath } from "../../src/tracking/client/artifacts.js";
import { requireKey } from "../../src/tracking/client/limits.js";
import { allowedName, createNames, type NameKind } from "../../src/tracking/names.js";

const odd = [
  "don't",
  "50%",
  "a,b",
  "refund (online)",
  "",
  "/",
  "a//b",
  "./a",
  "..",
  "a/../b",
  "a\\b",
  "a\nb",
  "\u{1f600}",
  "x".repeat(300),
  "\u{1f600}".repeat(300),
  `${"y".repeat(249)}/z`,
  "#",
];

test.each<NameKind>(["param", "metric", "tag"])("allowedName: MLflow takes every name of a %s", (kind) => {
  for (const name of odd) expect(() => requireKey(kind as "param", allowedName(kind, name)), name).not.toThrow();
});

test("allowedName: MLflow takes every artifact path", () => {
  for (const name of odd) expect(() => requireArtifactPath(allowedName("artifact", name)), name).not.toThrow();
});

test("allowedName: an allowed name stays as it is", () => {
  for (const name of ["roc_auc", "a/b", "a b:c-d.e", "größe", "mlflow.note.content"])
    expect(allowedName("metric", name)).toBe(name);
  expect(allowedName("artifact", "it's 1, 2 (three).csv")).toBe("it's 1, 2 (three).csv");
});

test("createNames: names stay apart, whatever their order, and keep what they were given", () => {
  const long = "x".repeat(260);
  const all = ["a'b", "a_b", "a,b", "a%b", `${long}1`, `${long}2`];
  const names = createNames();
  const { logged, changed } = names.map("metric", all);
  expect(new Set(logged).size).toBe(all.length);
  expect(logged[1]).toBe("a_b");
  expect(changed.map(([name]) => name)).toEqual(all.filter((name) => name !== "a_b"));
  expect(names.map("metric", [...all].reverse())).toEqual({ logged: logged.toReversed(), changed: [] });
  for (const name of logged) expect(() => requireKey("metric", name)).not.toThrow();
});

test("createNames: each kind has its own names", () => {
  const names = createNames();
  expect(names.map("metric", ["a'b"]).logged).toEqual(["a_b"]);
  expect(names.map("param", ["a,b"]).logged).toEqual(["a_b"]);
});
