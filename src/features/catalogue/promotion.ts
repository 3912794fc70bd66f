import type { GroupFeature } from "./feature-definition.js";

const promotions = ["order_lines.promotion_id"];

export const promotionFeatures: readonly GroupFeature[] = [
  {
    name: "promotion_usage_rate",
    unit: "share",
    definition: "Orders with a promotion on any line / orders",
    needs: promotions,
  },
  {
    name: "coupon_sales_last_quarter",
    unit: "money",
    definition: "Amount of lines with a promotion or coupon in the last 90 days",
    needs: promotions,
  },
  {
    name: "days_since_last_direct_mail",
    unit: "days",
    definition: "Days since the last direct mail was sent, control groups apart; missing if none was",
    needs: ["contacts.channel"],
  },
  {
    name: "redemption_rate_730d",
    unit: "share",
    definition:
      "Contacts of the last 730 days that were redeemed by as_of / those contacts, control groups apart; missing without",
    needs: ["contacts.redeemed_at"],
  },
];
