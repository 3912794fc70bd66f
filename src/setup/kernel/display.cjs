"use strict";

const { inspect } = require("node:util");
const { isTable, tableBundle } = require("./table.cjs");

/** src/setup/execute-notebook.py makes a page from the notebook, which takes more than the front ends of Jupyter. */
const displayOptions = { forPage: process.env.REKINDLE_NOTEBOOK_PAGE === "1" };

const displayMethod = Symbol.for("Jupyter.display");

/** Creates the global `display`, the functions to call at the end of a cell, and a writer that keeps the order. */
function createDisplay(jupyter) {
  const pending = new Set();
  const made = new WeakSet();
  let errors = [];

  /** Shows a value below the cell. Several calls appear in call order. */
  function display(value) {
    // The writer of the calling cell, even if the value is ready later.
    const write = jupyter.lastWriteDisplayData;
    const emit = (bundle) => write({ data: checkedBundle(bundle), metadata: {}, transient: {} }, false);
    const shown = track(
      pending.size === 0 ? start(value, emit) : Promise.allSettled(pending).then(() => start(value, emit)),
    );
    made.add(shown);
    return shown;
  }

  function track(shown) {
    pending.add(shown);
    shown.catch((error) => errors.push(error)).finally(() => pending.delete(shown));
    return shown;
  }

  /** Shows a cell's last value, rich if possible, else as console.log. */
  function showLast(value) {
    if (made.has(value)) return;
    if (isRich(value)) display(value);
    else console.log(value);
  }

  /** Resolves when everything has been shown; rejects with the first error of a display. */
  async function settled() {
    while (pending.size > 0) await Promise.allSettled(pending);
    if (errors.length > 0) throw errors[0];
  }

  /** Returns a writer of console lines, which appear after what was displayed before them. */
  function inOrder(writeStream) {
    return (name, text) => {
      if (pending.size === 0) writeStream(name, text);
      else track(Promise.allSettled(pending).then(() => writeStream(name, text)));
    };
  }

  /** Drops what the previous cell left: errors, and displays that an interrupt ended. */
  function forget() {
    errors = [];
    pending.clear();
  }

  return { display, showLast, settled, forget, inOrder };
}

/** Emits at once, or after the promise has resolved. */
async function start(value, emit) {
  if (isThenable(value)) value = await value;
  const bundle = bundleOf(value);
  emit(isThenable(bundle) ? await bundle : bundle);
}

/** Returns the MIME bundle of a value, or a promise of it. */
function bundleOf(value) {
  if (hasDisplayMethod(value)) return value[displayMethod](displayOptions);
  if (isTable(value)) return tableBundle(value);
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

function isRich(value) {
  return hasDisplayMethod(value) || isTable(value);
}

function hasDisplayMethod(value) {
  return typeof value?.[displayMethod] === "function";
}

/** Converts a bundle for Jupyter messages: JSON as objects, bytes as base64, the rest as text. */
function checkedBundle(bundle) {
  const isBundle =
    bundle !== null && typeof bundle === "object" && Object.keys(bundle).some((key) => key.includes("/"));
  if (!isBundle) {
    throw new TypeError(
      `Cannot display the value: its display method returned ${inspect(bundle)}; expected a MIME bundle`,
    );
  }
  return Object.fromEntries(Object.entries(bundle).map(([type, content]) => [type, ofType(type, content)]));
}

function ofType(type, content) {
  if (/[/+]json$/.test(type)) return typeof content === "string" ? JSON.parse(content) : content;
  if (content instanceof Uint8Array) return Buffer.from(content).toString("base64");
  return String(content);
}

function isThenable(value) {
  return typeof value?.then === "function";
}

module.exports = { createDisplay };
