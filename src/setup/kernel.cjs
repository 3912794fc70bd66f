/**
 * Starts the notebook kernel: tslab with the hooks of ./kernel/. Jupyter calls it as
 * `node kernel.cjs kernel --config-path <connection file>`.
 */
"use strict";

// Set first: the OpenMP runtime of native libraries reads it once.
process.env.OMP_WAIT_POLICY ??= "passive";

const { join } = require("node:path");

// The compiler and `require` resolve from the working directory; Jupyter starts kernels in the folder of the notebook.
const home = join(__dirname, "..", "..");
process.chdir(home);

const { requireTslab } = require("./kernel/tslab.cjs");
const { configureCompiler } = require("./kernel/compiler.cjs");
const { hookExecution } = require("./kernel/execution.cjs");
const { hookMessages } = require("./kernel/messages.cjs");
const { watchLateErrors } = require("./kernel/late-errors.cjs");
const { startGuard } = require("./kernel/guard.cjs");

const configPath = process.argv[process.argv.indexOf("--config-path") + 1];
if (!process.argv.includes("--config-path") || !configPath) {
  process.stderr.write("Cannot start the kernel: no connection file is given; use --config-path <file>\n");
  process.exit(2);
}

const guard = startGuard();
configureCompiler();
const tslab = requireTslab();
const hooked = hookExecution(tslab, { home, ...guard });
hookMessages(tslab, { home, ...guard, ...hooked });
tslab.main.startKernel({ configPath, enableFindLocal: false });
// After startKernel, to replace its handlers, which only print.
watchLateErrors();
