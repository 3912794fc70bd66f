import type { DataQualityInput } from "./input.js";

export function conventionsOf({ locale, currency }: DataQualityInput["dataset"]) {
  return { locale, currency };
}
