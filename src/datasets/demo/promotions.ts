import { dateOfEpochDay, epochDay } from "../../text/index.js";
import { demoParameters } from "./parameters.js";

/** Public sale, or offer to contacted customers only. Day 0 is the first day of the data. */
export interface Promotion {
  readonly id: string;
  readonly name: string;
  readonly kind: "sale" | "direct_mail" | "email";
  readonly startDay: number;
  /** The last day, inclusive. */
  readonly endDay: number;
  readonly discountRate: number;
  /** Category to which it applies; all if null. */
  readonly category: string | null;
}

interface Yearly {
  readonly monthDay: string;
  readonly name: string;
  readonly discountRate: number;
  readonly category: string | null;
}

/** Yearly sales. They never overlap. */
export const demoSales: readonly (Yearly & { readonly days: number })[] = [
  { monthDay: "01-08", days: 14, name: "Winter sale", discountRate: 0.25, category: null },
  { monthDay: "02-10", days: 10, name: "Sports weeks", discountRate: 0.2, category: "sports" },
  { monthDay: "03-15", days: 10, name: "Spring cleaning", discountRate: 0.15, category: "home" },
  { monthDay: "04-12", days: 7, name: "Pantry week", discountRate: 0.2, category: "grocery" },
  { monthDay: "05-20", days: 10, name: "Garden and games", discountRate: 0.2, category: "leisure" },
  { monthDay: "06-15", days: 14, name: "Outdoor summer", discountRate: 0.25, category: "sports" },
  { monthDay: "07-20", days: 14, name: "Summer sale", discountRate: 0.3, category: null },
  { monthDay: "09-05", days: 10, name: "Electronics days", discountRate: 0.2, category: "electronics" },
  { monthDay: "10-10", days: 10, name: "Beauty days", discountRate: 0.15, category: "beauty" },
  { monthDay: "11-24", days: 6, name: "Black week", discountRate: 0.3, category: "electronics" },
  { monthDay: "12-01", days: 14, name: "Home for Christmas", discountRate: 0.15, category: "home" },
];

/** Yearly campaigns, by the day on which they are sent. */
export const demoCampaigns: readonly (Yearly & { readonly channel: "direct_mail" | "email" })[] = [
  { monthDay: "01-25", channel: "email", name: "New year letter", discountRate: 0.1, category: null },
  { monthDay: "02-20", channel: "direct_mail", name: "Kitchen catalogue", discountRate: 0.15, category: "home" },
  { monthDay: "03-01", channel: "email", name: "Spring run", discountRate: 0.15, category: "sports" },
  { monthDay: "04-22", channel: "email", name: "Coffee letter", discountRate: 0.2, category: "grocery" },
  { monthDay: "05-05", channel: "direct_mail", name: "Summer catalogue", discountRate: 0.15, category: null },
  { monthDay: "06-03", channel: "email", name: "Sun care", discountRate: 0.15, category: "beauty" },
  { monthDay: "07-08", channel: "email", name: "Travel electronics", discountRate: 0.1, category: "electronics" },
  { monthDay: "08-18", channel: "email", name: "Back home", discountRate: 0.15, category: "home" },
  { monthDay: "09-20", channel: "direct_mail", name: "Autumn catalogue", discountRate: 0.15, category: null },
  { monthDay: "10-28", channel: "email", name: "Game evenings", discountRate: 0.15, category: "leisure" },
  { monthDay: "11-05", channel: "direct_mail", name: "Christmas catalogue", discountRate: 0.2, category: null },
  { monthDay: "12-16", channel: "email", name: "Last gifts", discountRate: 0.1, category: null },
];

/** Returns the sales and offers that begin on the days `fromDay` ... `toDay`, in order of their first day. */
export function demoPromotions(firstEpochDay: number, fromDay: number, toDay: number): Promotion[] {
  const promotions: Promotion[] = [];
  const firstYear = yearOf(firstEpochDay + fromDay);
  const lastYear = yearOf(firstEpochDay + toDay);
  for (let year = firstYear; year <= lastYear; ++year) {
    const add = (kind: Promotion["kind"], prefix: string, index: number, yearly: Yearly, days: number) => {
      const startDay = epochDay(`${year}-${yearly.monthDay}`) - firstEpochDay;
      if (startDay < fromDay || startDay > toDay) return;
      const id = `${prefix}-${year}-${String(index + 1).padStart(2, "0")}`;
      const { name, discountRate, category } = yearly;
      const endDay = startDay + days - 1;
      promotions.push({ id, name: `${name} ${year}`, kind, startDay, endDay, discountRate, category });
    };
    for (const [i, sale] of demoSales.entries()) add("sale", "SALE", i, sale, sale.days);
    for (const [i, campaign] of demoCampaigns.entries()) {
      const prefix = campaign.channel === "direct_mail" ? "MAIL" : "EMAIL";
      add(campaign.channel, prefix, i, campaign, demoParameters.offer.windowDays + 1);
    }
  }
  return promotions.sort((a, b) => a.startDay - b.startDay);
}

function yearOf(day: number): number {
  return Number(dateOfEpochDay(day).slice(0, 4));
}
