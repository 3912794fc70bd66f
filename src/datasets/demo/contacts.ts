import { csvRow } from "../../text/index.js";
import type { DemoCalendar } from "./calendar.js";
import type { DemoHistory } from "./simulate.js";
import { timeText } from "./transactions.js";

/** Columns of contacts.csv. */
export const contactColumns = [
  "contact_id",
  "customer_id",
  "sent_at",
  "channel",
  "promotion_id",
  "arm",
  "redeemed_at",
  "order_id",
] as const;

/** Returns a customer's rows of contacts.csv. A control row records the decision; no offer was sent. */
export function contactTexts({ customer, life, orders }: DemoHistory, { dates }: DemoCalendar): string[] {
  const redeeming = new Map(
    orders.filter(({ contact }) => contact !== undefined).map((order) => [order.contact, order]),
  );
  return life.contacts.map(({ campaign, arm }, c) => {
    const order = redeeming.get(c);
    const redeemed = order ? [timeText(dates[order.day], order.second, "iso"), order.id] : [null, null];
    const sentAt = `${dates[campaign.startDay]} ${campaign.kind === "email" ? "08:00:00" : "09:00:00"}`;
    return csvRow([`${customer.id}-${c + 1}`, customer.id, sentAt, campaign.kind, campaign.id, arm, ...redeemed]);
  });
}
