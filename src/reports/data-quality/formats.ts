import type { Format } from "../../table/index.js";

export const count: Format = { kind: "count" };
export const money: Format = { kind: "money", digits: 0 };
export const share: Format = { kind: "percent" };
export const date: Format = { kind: "date" };
export const code: Format = { kind: "code" };
