import type { Strategies } from "./strategy.js";

/**
 * Strategies for the eight segments. None promises an effect: a control group measures the effect of a campaign, so every
 * KPI can be compared with it.
 */
export const standardStrategies: Strategies = {
  Champions: {
    priority: "High",
    goal: "Retention and advocacy",
    actions: [
      "Reward them with exclusive benefits",
      "Ask for reviews and referrals",
      "Give early access to new products",
      "Give them priority service: a named contact, faster answers",
    ],
    campaign: "Loyalty programme with referral incentives",
    budget: "Medium: spend on the experience, not on discounts",
    kpi: "Share still Champions after 30 days; referred customers per 100 Champions",
    why: "A few customers bring a large part of the revenue at full price. Losing one costs more than winning several new ones, and most of a discount would be wasted on them",
  },
  "Loyal Customers": {
    priority: "Medium",
    goal: "Retention and cross-selling",
    actions: [
      "Recommend categories they have not bought yet",
      "Offer bundles and larger packs of products they reorder",
      "Show how close they are to the next loyalty level",
      "Contact those with the oldest last order first",
    ],
    campaign: "Cross-selling by category, with reorder reminders",
    budget: "Medium: content and service; incentives only for overdue customers",
    kpi: "Orders per customer and categories bought in 90 days, compared with the control group",
    why: "They order often without incentives. The rules set no limit on their last order, so some may already be gone: contact those early, and give the rest reasons to buy from more categories",
  },
  Promising: {
    priority: "Medium",
    goal: "Repeat purchases",
    actions: [
      "Recommend products that go with their last orders",
      "Invite them to the loyalty programme",
      "Remind them when their next order is due, based on their own order interval",
      "Learn their preferences: categories, channel, email frequency",
    ],
    campaign: "Personalized emails after each order that lead to the loyalty programme",
    budget: "Medium: mostly automated, small rewards for joining the programme",
    kpi: "Share who become Loyal Customers or Champions within 90 days, compared with the control group",
    why: "They ordered several times and recently, but not yet often or for large amounts. Many future best customers are among them",
  },
  "New Customers": {
    priority: "High",
    goal: "Onboarding and the second purchase",
    actions: [
      "Send a welcome series",
      "Explain products, delivery and returns",
      "Offer an incentive for the second order",
      "Ask about the first order, and fix problems",
    ],
    campaign: "Onboarding emails with a coupon for the next purchase",
    budget: "High: this period decides retention",
    kpi: "Share with a second order within 60 days of the first, compared with the control group",
    why: "Many first-time buyers never order again, and their attention is highest right after the first order",
  },
  "Need Attention": {
    priority: "High",
    goal: "Reactivation before they leave",
    actions: [
      "Remind them of products they bought or viewed",
      "Show new products in their categories",
      "Make a small offer that expires soon",
      "Ask a one-question survey about why they stopped ordering",
    ],
    campaign: "Two-step reminder: content first, then an incentive for those who do not respond",
    budget: "Medium: many contacts, few incentives",
    kpi: "Share who order within 30 days, compared with the control group",
    why: "They have not ordered for longer than usual, but not for long. A reminder is cheap now; a win-back costs more later",
  },
  "At Risk": {
    priority: "Critical",
    goal: "Win-back before they leave",
    actions: [
      "Write a personal message that mentions their past purchases",
      "Make a limited-time offer",
      "Ask in a short survey what went wrong",
      "Give a special discount to the highest-value customers",
      "Call the few with the highest past revenue",
    ],
    campaign: "Win-back emails with discount codes",
    budget: "High: prevents churn",
    kpi: "Share reactivated within 60 days and margin after incentives, compared with the control group",
    why: "They ordered often and for good amounts, then stopped. Their value is proven, and fewer of them can be won back with every week",
  },
  Hibernating: {
    priority: "Medium",
    goal: "Profitable reactivation",
    actions: [
      "Remind them of past purchases",
      "Show new products in their categories",
      "Offer a large comeback discount, to a test group first",
      "Stop contacting those who ignore several messages",
    ],
    campaign: "Reactivation with comeback offers",
    budget: "Medium: while the margin after incentives exceeds the cost",
    kpi: "Margin after incentives per contacted customer, compared with the control group",
    why: "They ordered several times but have been away for a long time. Some return, most will not: the control group shows whether it pays to continue",
  },
  "Lost/Churned": {
    priority: "Low",
    goal: "Low-cost learning",
    actions: [
      "Send one low-cost message with the season's best offer",
      "Ask why they left",
      "Exclude them from paid channels and frequent emails",
      "Use their purchases to find similar new customers",
    ],
    campaign: "One win-back email per season, then only the newsletter",
    budget: "Low: incentives only after a profitable test",
    kpi: "Reactivations per 1,000 contacts and cost per reactivation, compared with the control group",
    why: "Most ordered once or twice, long ago. They are many, so small costs add up, and unwanted messages harm the deliverability of all email",
  },
};
