"use strict";

const { existsSync, readdirSync } = require("node:fs");
const { join } = require("node:path");

/**
 * Completes module names of this package in an import, such as `from "rekindle/eng`, which tslab's compiler cannot.
 * Returns undefined elsewhere.
 */
function completeModuleName({ code, cursor_pos }, { home }) {
  const [, typed] = /(?:from|import)\s*\(?\s*["']rekindle\/([\w-]*)$/.exec(code.slice(0, cursor_pos)) ?? [];
  if (typed === undefined) return undefined;
  const built = join(home, "dist");
  const modules = existsSync(built)
    ? readdirSync(built).filter((name) => existsSync(join(built, name, "index.js")))
    : [];
  const matches = modules.filter((name) => name.startsWith(typed)).sort();
  return { status: "ok", matches, cursor_start: cursor_pos - typed.length, cursor_end: cursor_pos, metadata: {} };
}

module.exports = { completeModuleName };
