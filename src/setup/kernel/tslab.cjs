"use strict";

const { createRequire } = require("node:module");

/** Release of tslab that the hooks support. */
const knownVersion = "1.0.22";

/** Loads the parts of tslab to wrap. Loads its compiler, so call `configureCompiler` first. */
function requireTslab() {
  const { version } = require("tslab/package.json");
  if (version !== knownVersion) {
    throw new Error(`Cannot start the kernel: tslab ${version} is installed; expected ${knownVersion}`);
  }
  return {
    main: require("tslab/dist/main.js"),
    executor: require("tslab/dist/executor.js"),
    jupyter: require("tslab/dist/jupyter.js"),
    compiler: createRequire(require.resolve("tslab/package.json"))("@tslab/typescript-for-tslab"),
  };
}

module.exports = { requireTslab };
