import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kernelSpec, kernelState, registerKernel } from "../../src/setup/install/kernel-spec.mjs";
import { placesAt } from "../../src/setup/places.mjs";
import { temporaryFolder } from "./temporary-folder.js";

test("the kernel is registered inside .venv, under tslab's name, and again when the checkout moves", async () => {
  const places = placesAt(temporaryFolder());
  expect(kernelState(places)).toBe("missing");
  await registerKernel(places);
  expect(kernelState(places)).toBe("present");
  const path = join(places.home, ".venv", "share", "jupyter", "kernels", "tslab", "kernel.json");
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual(kernelSpec(places));
  const moved = { ...places, home: "/elsewhere", setup: "/elsewhere/src/setup" };
  expect(kernelState(moved)).toBe("stale");
});

test("the launcher is called by its absolute path with the connection file as an argument of its own", () => {
  const places = placesAt("/repository");
  const { argv, env } = kernelSpec(places);
  expect(argv.slice(-4)).toEqual(["/repository/src/setup/kernel.cjs", "kernel", "--config-path", "{connection_file}"]);
  expect(env).toEqual({ OMP_WAIT_POLICY: "passive" });
});

test("the kernel is not stale after JupyterLab has written its settings, but after they were changed", async () => {
  const places = placesAt(temporaryFolder());
  await registerKernel(places);
  const path = join(places.venv, "etc", "jupyter", "labconfig", "page_config.json");
  const settings = JSON.parse(readFileSync(path, "utf8"));
  const name = "@jupyterlab/apputils-extension:announcements";
  // As JupyterLab 4.6 writes it.
  writeFileSync(path, JSON.stringify({ ...settings, lockedExtensions: { [name]: true } }, null, 4));
  expect(kernelState(places)).toBe("present");
  writeFileSync(path, JSON.stringify({ disabledExtensions: { [name]: false } }));
  expect(kernelState(places)).toBe("stale");
  writeFileSync(path, "{");
  expect(kernelState(places)).toBe("stale");
});
