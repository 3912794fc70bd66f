"use strict";

/**
 * What the main thread does, as the guard sees it: nothing of these, work of the kernel itself, which is never stopped, or a
 * cell before its first await, which Node.js stops.
 */
module.exports = { NOTHING: 0, KERNEL: 1, CELL: 2 };
