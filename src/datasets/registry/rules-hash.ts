import { createHash } from "node:crypto";
import type { DatasetSettings } from "./settings.js";

/** Returns the identity of the settings that trusted tables depend on: cleaning rules, time zone, protected columns. */
export function rulesHash({ cleaning, timezone, protected: hidden }: DatasetSettings): string {
  return createHash("sha256")
    .update(JSON.stringify([cleaning, timezone, hidden]))
    .digest("hex");
}
