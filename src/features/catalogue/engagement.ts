import type { GroupFeature } from "./feature-definition.js";

const orders = ["orders"];

export const engagementFeatures: readonly GroupFeature[] = [
  {
    name: "active_month_share",
    unit: "share",
    definition: "Calendar months with an order / calendar months since the first order, both ends counted",
    needs: orders,
  },
  {
    name: "engagement_score",
    unit: "score",
    definition:
      "Mean of 1 / (1 + recency_days / 30), n / (n + 1) with n orders in 90 days, and active_month_share; a proxy, for there are no sessions",
    needs: orders,
  },
  {
    name: "gap_regularity",
    unit: "score",
    definition:
      "1 / (1 + standard deviation of the gaps between orders / their mean); missing with fewer than two gaps",
    needs: orders,
  },
];
