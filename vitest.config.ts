import { defineConfig } from "vitest/config";

// Native libraries read it once, when they are loaded; spinning threads starve the other core.
process.env["OMP_WAIT_POLICY"] = "passive";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/bench/**"],
    testTimeout: 180_000,
    hookTimeout: 360_000,
    pool: "forks",
    maxWorkers: 2,
  },
});
