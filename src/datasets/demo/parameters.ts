/**
 * Parameters of the demo's behavioural model. docs/demo-model.md has the equations; a test compares that page with these
 * values. Rates are per day, shares and probabilities in [0, 1], money in euro.
 */
export const demoParameters = {
  purchase: {
    /** Shape of the purchase rate λ ~ Gamma(r, α); Schmittlein, Morrison & Colombo 1987. */
    r: 1,
    /** Rate of the purchase rate, in days: the mean λ is r / α orders per day while active. */
    alpha: 68,
    /** Shape of the dropout rate μ ~ Gamma(s, β). */
    s: 6,
    /** Rate of the dropout rate, in days: the mean μ is s / β per day while active. */
    beta: 2280,
  },
  lapse: {
    /** ρ: probability that a customer whose active spell ends will return; otherwise the customer is gone for good. */
    returnShare: 0.66,
    /** 1 / ν: mean length of a lapse in days, exponential. */
    meanDays: 150,
  },
  start: {
    /** Days before day one in which customers may be acquired, so that day one starts in equilibrium. */
    burnInDays: 9131,
    /** Continuous growth of acquisitions per year; none in a stationary demo. */
    growthPerYear: 0.06,
  },
  season: {
    /** Relative purchase rate in January ... December; scaled to a mean of 1 over the days of four years. */
    month: [0.88, 0.86, 0.94, 0.97, 0.99, 0.96, 0.92, 0.9, 0.98, 1.04, 1.24, 1.32],
    /** Relative purchase rate on Monday ... Sunday; scaled to a mean of 1. */
    weekday: [0.94, 0.92, 0.95, 1.0, 1.16, 1.33, 0.7],
  },
  change: {
    /** Start of the change of behaviour, in days before the last day. */
    daysBeforeEnd: 180,
    /** Factor on every purchase rate from then on. */
    purchaseRate: 0.85,
    /** Factor on every dropout rate from then on. */
    dropoutRate: 1.5,
    /** Factor on the odds of ordering online. */
    onlineOdds: 2,
    /** Factor on every customer's weight of the category below. */
    tasteWeight: 0.6,
    /** Category that becomes less popular. */
    tasteCategory: "electronics",
  },
  spend: {
    /** Order value z ~ Gamma(p, ν), the customer's ν ~ Gamma(q, v); Colombo & Jiang 1999. */
    p: 5,
    /** Shape of ν. The mean order value over customers is p v / (q - 1). */
    q: 4.5,
    /** Rate of ν, in euro. */
    v: 34,
  },
  basket: {
    /** Lines per order are 1 + Poisson(b), b ~ Gamma(shape, shape / mean) per customer. */
    extraLinesMean: 1.5,
    extraLinesShape: 3,
    /** Shape of the gamma weights by which an order's value is split over its lines. */
    splitShape: 4,
    /** Probability that a line is for several pieces where the product's price allows it. */
    severalPieces: 0.3,
  },
  taste: {
    /** Sum of the Dirichlet parameters over categories; a lower sum gives more concentrated preferences. */
    categoryConcentration: 3,
    /** Sum of the Dirichlet parameters over the product types of a category. */
    typeConcentration: 1.8,
    /** Factor on the Dirichlet parameter of "home" for recent movers. */
    newMoverHome: 2.5,
  },
  channel: {
    /** A customer's share of online orders ~ Beta(a, b); on Sundays the stores are closed and all orders online. */
    onlineA: 1.2,
    onlineB: 1.6,
    /** Probability that a store order is placed in the home store; otherwise in any other, each equally likely. */
    homeStore: 0.85,
  },
  sale: {
    /** Share of sale-prone customers. */
    proneShare: 0.4,
    /** g: a prone customer orders at λ w (1 + g d / 0.2) during a sale with discount rate d; g ~ Gamma(shape, shape / mean). */
    liftMean: 1,
    liftShape: 3,
  },
  offer: {
    /** Offers act on days 1 ... windowDays after sending. */
    windowDays: 14,
    /** Mean of the exponential delay, in days, truncated at the window, until an offer's additional order. */
    meanDelayDays: 4,
    /** Probability that a campaign picks an eligible customer. */
    contactShare: 0.4,
    /** Probability that a picked customer is assigned to the control arm and receives no offer. */
    controlShare: 0.25,
    /** τ for a persuadable customer who is active: probability of one additional order after a direct mail. */
    persuadableActive: 0.2,
    /** τ for a persuadable customer who has lapsed; the additional order ends the lapse. */
    persuadableLapsed: 0.12,
    /** τ for an indifferent customer who is active. */
    indifferentActive: 0.02,
    /** τ for an indifferent customer who has lapsed. */
    indifferentLapsed: 0.01,
    /** δ: probability that a deterred customer skips an order due within the window. */
    deterredSkips: 0.35,
    /** Factor on τ and δ when the offer comes by e-mail. */
    emailFactor: 0.6,
    /** Probability of being persuadable: the base, */
    persuadableBase: 0.12,
    /** plus this for households of three and more, */
    persuadableFamily: 0.3,
    /** plus this for sale-prone customers. */
    persuadableSaleProne: 0.2,
    /** Probability of being deterred (drawn before persuadable) for customers born before `deterredBornBefore`, */
    deterredOld: 0.14,
    /** and for later births. */
    deterredYoung: 0.05,
    deterredBornBefore: 1965,
    /** Mean probability that an order due anyway redeems an offer within its window; Beta with this mean and precision. */
    redeemMeanProne: 0.45,
    redeemMeanOther: 0.15,
    redeemPrecision: 8,
  },
  returns: {
    /** Probability that a customer returns an order or part of it, ~ Beta(a, b). */
    a: 0.8,
    b: 15.2,
    /** Share of them that cancel the whole order on the same day. */
    sameDay: 0.3,
    /** The others are returned 2 + Exp(mean) days later, at most maxDays, each line with probability lineShare, at least one. */
    meanDays: 9,
    maxDays: 45,
    lineShare: 0.6,
  },
  people: {
    /** Country of residence and its probability. */
    country: { Germany: 0.9, Austria: 0.07, Netherlands: 0.03 },
    gender: { F: 0.54, M: 0.44, X: 0.02 },
    /** Year of birth: normal, rounded, kept within the bounds. */
    birthYear: { mean: 1979, deviation: 14.5, min: 1932, max: 2006 },
    householdSize: { 1: 0.34, 2: 0.32, 3: 0.15, 4: 0.13, 5: 0.06 },
    /** Yearly income: exp(logMean + spendSlope ln(m / mean m) + Normal(0, deviation)), in steps of 100. */
    householdIncome: { logMean: 10.75, spendSlope: 0.35, deviation: 0.38, step: 100 },
    /** Home size in square feet: base + perPerson (size - 1) + perIncome income + Normal(0, deviation), at least min. */
    homeSquareFeet: { base: 520, perPerson: 170, perIncome: 0.009, deviation: 180, min: 200, step: 10 },
    /** Share of recent movers. */
    isNewMover: 0.08,
    /** Log-odds of race_white: intercept + incomeSlope ln(income / exp(logMean)). */
    raceWhite: { intercept: 1.35, incomeSlope: 0.9 },
    /** Marketing consent; customers never asked have an empty cell, and receive direct mail but no e-mail. */
    consentMarketing: { true: 0.66, false: 0.22, unknown: 0.12 },
    /** Minimum yearly value 365 λ m exp(Normal(0, noise)) of each tier, in euro; below the first there is no tier. */
    loyaltyTier: { bronze: 100, silver: 280, gold: 700, noise: 0.5 },
    /** Relative frequency of acquisition channels; the last two are multiplied by μ over its mean, at most 3 times. */
    acquisitionChannel: { store: 0.32, search: 0.26, referral: 0.16, social: 0.15, affiliate: 0.11 },
    /** Share of empty cells per column, completely at random. */
    missing: {
      birth_year: 0.15,
      gender: 0.04,
      household_size: 0.12,
      household_income: 0.2,
      home_square_feet: 0.28,
      is_new_mover: 0.06,
      race_white: 0.22,
    },
  },
  dirt: {
    /** Probability that a line is duplicated. */
    duplicateLine: 0.008,
    /** Probability that an order lacks its customer. */
    missingCustomer: 0.025,
    /** Probability that an order has its date as DD.MM.YYYY HH:MM, */
    dottedDate: 0.04,
    /** or as YYYY/MM/DD HH:MM; the others as YYYY-MM-DD HH:MM:SS. */
    slashedDate: 0.02,
    /** Probability that an order has an additional sample line at price zero. */
    zeroPrice: 0.006,
    /** Probability that an online order has a line POSTAGE, */
    postage: 0.05,
    postagePrice: 4.9,
    /** and that any order has a line MANUAL, a manual correction. */
    manual: 0.001,
    /** Probability that a product's category has trailing whitespace, */
    categoryBlanks: 0.04,
    /** or in capitals. */
    categoryCapitals: 0.03,
  },
} as const;
