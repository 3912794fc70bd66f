"use strict";

const { createRequire } = require("node:module");
const { guardAwaits } = require("./awaits.cjs");
const { explainCalls } = require("./signature-help.cjs");
const { expandShorthand } = require("./shorthand.cjs");

/**
 * Configures the compiler of cells like that of the project: packages that only have `exports`, this package by its name,
 * strict checks, `{ x }` of an earlier cell's variable, awaits that an interrupt stops, explanations of calls, and the
 * global `display`. Call it before tslab loads its compiler.
 */
function configureCompiler() {
  const path = createRequire(require.resolve("tslab/package.json")).resolve("@tslab/typescript-for-tslab");
  const compiler = require(path);
  /** Newest programs, of which one has the file that is asked about. */
  const programs = new Set();
  const programOf = (file) => [...programs].find((program) => program.getSourceFile(file.fileName) === file);
  // The compiler's exports are read-only, so tslab gets a copy with functions replaced.
  require.cache[path].exports = {
    ...compiler,
    getQuickInfoAtPosition: explainCalls(compiler, programOf),
    createWatchCompilerHost: (rootFiles, options, system, _, ...reporters) =>
      compiler.createWatchCompilerHost(
        rootFiles,
        { ...options, ...cellOptions(compiler) },
        withoutWatchingPackages(system),
        createCellProgram(compiler, programs),
        ...reporters,
      ),
  };
}

/**
 * Disables watching of installed and built files. tslab supports one pending update; a build or an installation while the
 * kernel runs causes two, after which no cell compiles. New versions need a restart, which `require` needs anyway.
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

/** Returns a program factory for `createWatchCompilerHost` that rewrites cells at emit, when they have been checked. */
function createCellProgram(compiler, programs) {
  let newest;
  return (...args) => {
    const program = compiler.createEmitAndSemanticDiagnosticsBuilderProgram(...args);
    programs.delete(newest);
    newest = program.getProgram();
    programs.add(newest);
    const { emit } = program;
    program.emit = (file, writeFile, token, onlyDeclarations, transformers) => {
      const expand = expandShorthand(compiler, program.getProgram().getTypeChecker());
      const before = [...(transformers?.before ?? []), expand, guardAwaits(compiler)];
      return emit(file, writeFile, token, onlyDeclarations, { ...transformers, before });
    };
    return program;
  };
}

function cellOptions(compiler) {
  return {
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    strict: true,
    // Cells run as functions in sloppy mode; tslab sets noImplicitUseStrict, which contradicts this one.
    alwaysStrict: false,
    lib: ["lib.es2023.d.ts"],
    // Explicit, to exclude other packages under @types, such as browser types.
    types: ["node", require.resolve("./globals.d.cts").replace(/\.d\.cts$/, ".cjs")],
  };
}

module.exports = { configureCompiler };
