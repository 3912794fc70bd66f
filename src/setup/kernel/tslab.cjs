"use strict";

/** The one release whose internals the hooks know. */
const knownVersion = "1.0.22";

/** The parts of tslab that the hooks wrap. Loads its compiler, so `configureCompiler` comes first. */
function requireTslab() {
  const { version } = require("tslab/package.json");
  if (version !== knownVersion) {
    throw new Error(`Cannot start the kernel: tslab ${version} is installed; expected ${knownVersion}`);
  }
  return {
    main: require("tslab/dist/main.js"),
    executor: require("tslab/dist/executor.js"),
    jupyter: require("tslab/dist/jupyter.js"),
  };
}

module.exports = { requireTslab };
