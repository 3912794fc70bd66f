"use strict";

const { createRequire } = require("node:module");
const { createProgramWithShorthand } = require("./shorthand.cjs");

/**
 * Gives cells the resolution and strictness of the project: packages that only have `exports`, this package by its
 * own name, strict checks, `{ x }` of an earlier cell's variable, and the global `display`. Must run before tslab loads its compiler.
 */
function configureCompiler() {
  const path = createRequire(require.resolve("tslab/package.json")).resolve("@tslab/typescript-for-tslab");
  const compiler = require(path);
  // The compiler's exports are read-only getters: tslab gets a copy with one function replaced.
  require.cache[path].exports = {
    ...compiler,
    createWatchCompilerHost: (rootFiles, options, system, _, ...reporters) =>
      compiler.createWatchCompilerHost(
        rootFiles,
        { ...options, ...cellOptions(compiler) },
        withoutWatchingPackages(system),
        createProgramWithShorthand(compiler),
        ...reporters,
      ),
  };
}

/**
 * tslab allows for one pending update. A build or an installation while the kernel runs causes two, after which no
 * cell compiles any more. What is installed or built stays as the kernel first saw it: new versions need a restart,
 * which `require` would need anyway.
 */
function withoutWatchingPackages(system) {
  const unwatched = { close() {} };
  return Object.assign(Object.create(system), {
    watchDirectory: () => unwatched,
    watchFile: (path, ...rest) =>
      /[\\/](node_modules|dist|setup)[\\/]|[\\/]package\.json$/.test(path)
        ? unwatched
        : system.watchFile(path, ...rest),
  });
}

function cellOptions(compiler) {
  return {
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    strict: true,
    // Cells run as functions in sloppy mode; tslab sets noImplicitUseStrict, which contradicts this one.
    alwaysStrict: false,
    lib: ["lib.es2023.d.ts"],
    // Named, or every package under @types would be loaded, the browser's types among them.
    types: ["node", require.resolve("./globals.d.cts").replace(/\.d\.cts$/, ".cjs")],
  };
}

module.exports = { configureCompiler };
