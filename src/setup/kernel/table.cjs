"use strict";

const { existsSync } = require("node:fs");
const { join } = require("node:path");

/** Tables are rendered by the package, so that all tables of a notebook look alike. */
const built = join(__dirname, "..", "..", "..", "dist", "table", "index.js");

/** Returns true for arquero tables and arrays of plain records, once the package is built. */
function isTable(value) {
  return value !== null && typeof value === "object" && existsSync(built) && require(built).looksLikeTable(value);
}

/** Returns the MIME bundle of a table. */
function tableBundle(value) {
  return require(built).valuesBundle(value);
}

module.exports = { isTable, tableBundle };
