import type { Format } from "../../charts/index.js";

export const count: Format = { kind: "count" };
export const money: Format = { kind: "money", decimals: 0 };
export const share: Format = { kind: "share" };
export const date: Format = { kind: "date" };
export const code: Format = { kind: "code" };
