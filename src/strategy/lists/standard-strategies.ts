import type { Strategies } from "./strategy.js";

/**
 * A strategy for each of the eight segments. None promises an effect: what a campaign brings is what its control group
 * shows, so every figure to watch is one that can be read against it.
 */
export const standardStrategies: Strategies = {
  Champions: {
    priority: "High",
    goal: "Retention and advocacy",
    actions: [
      "Reward them with exclusive benefits",
      "Ask for reviews and referrals",
      "Give early access to new products",
      "Serve them first: a named contact, faster answers",
    ],
    campaign: "Loyalty programme with incentives for referrals",
    budget: "Medium: spend on the experience, not on discounts",
    kpi: "Share who are still Champions after 30 days, and referred customers per hundred Champions",
    why: "Few customers bring a large part of the revenue and buy at full price: losing one costs more than winning several others, and a discount would mostly be given away",
  },
  "Loyal Customers": {
    priority: "Medium",
    goal: "Keep the habit and widen it",
    actions: [
      "Recommend from categories that they have not bought from",
      "Offer bundles and larger packs of what they reorder",
      "Show how little is missing to the next level of the loyalty programme",
      "Write to those whose last order is long ago before the others",
    ],
    campaign: "Cross-selling by category, with reminders when a reorder is due",
    budget: "Medium: content and service; incentives only for those overdue",
    kpi: "Orders per customer and categories bought in 90 days, against the control group",
    why: "They order often without being pushed. The rules set no limit on their last order, so that some may be gone already: these need an early word, the rest need reasons to buy more widely",
  },
  Promising: {
    priority: "Medium",
    goal: "Make a habit of it",
    actions: [
      "Suggest what goes with their last orders",
      "Invite them to the loyalty programme",
      "Say when their next order is due, by their own rhythm",
      "Learn their preferences: categories, channel, frequency of mail",
    ],
    campaign: "Personal series after each order that leads to the loyalty programme",
    budget: "Medium: mostly automatic, small rewards for the programme's first steps",
    kpi: "Share who become Loyal Customers or Champions within 90 days, against the control group",
    why: "They came back several times and lately, but do not yet order often or much: most of tomorrow's best customers are among them",
  },
  "New Customers": {
    priority: "High",
    goal: "Onboarding and the second purchase",
    actions: [
      "Welcome them with a series of messages",
      "Explain products, delivery and returns",
      "Give an incentive for the first repeat order",
      "Ask how the first order went, and fix what went wrong",
    ],
    campaign: "Onboarding mails with a coupon for the next purchase",
    budget: "High: the period that decides",
    kpi: "Share with a second order within 60 days of the first, against the control group",
    why: "Who orders once often never orders again, and attention is highest just after the first order",
  },
  "Need Attention": {
    priority: "High",
    goal: "Bring back before they drift away",
    actions: [
      "Remind them of what they bought and of what they looked for",
      "Show what is new in their categories",
      "Make an offer that ends soon, small at first",
      "Ask in one question what keeps them away",
    ],
    campaign: "Reminder in two steps: content first, an incentive only for those who do not answer",
    budget: "Medium: many contacts, few incentives",
    kpi: "Share who order within 30 days, against the control group",
    why: "They have been silent for longer than is usual, but not for long: a word costs little now, and a win-back costs more later",
  },
  "At Risk": {
    priority: "Critical",
    goal: "Win back before they are gone",
    actions: [
      "Write personally, with reference to what they used to buy",
      "Make an offer for a limited time",
      "Ask in a short survey what went wrong",
      "Give a special discount to those of highest value",
      "Call the few who used to bring most",
    ],
    campaign: "Win-back mails with discount codes",
    budget: "High: what prevents their leaving",
    kpi: "Share reactivated within 60 days and margin after incentives, against the control group",
    why: "They used to order often and for good amounts, and stopped: their value is proven, and with every week fewer of them can be won back",
  },
  Hibernating: {
    priority: "Medium",
    goal: "Reactivation where it pays",
    actions: [
      "Remind them of past purchases",
      "Show new products in their categories",
      "Offer a large discount for a comeback, to a test group first",
      "Stop writing to those who do not open several messages",
    ],
    campaign: "Reactivation with comeback offers",
    budget: "Medium: as long as the margin after incentives exceeds the cost",
    kpi: "Margin after incentives per customer contacted, against the control group",
    why: "They know the shop from several orders but have been away for long: some return, most will not, so that the control group decides whether to go on",
  },
  "Lost/Churned": {
    priority: "Low",
    goal: "Learn at little cost, and let go",
    actions: [
      "Send one low-cost message with the season's best offer",
      "Ask why they left",
      "Take them off paid channels and frequent mailings",
      "Use what they bought to find similar customers who are new",
    ],
    campaign: "One win-back mail per season, then only the general newsletter",
    budget: "Low: no incentives without a test that paid",
    kpi: "Reactivations per thousand contacts and cost of each, against the control group",
    why: "Most ordered once or twice and long ago: there are many of them, so that even small costs add up, and contacts that annoy harm the reach of all other mail",
  },
};
