import { bernoulli, beta, gamma, normal, type Random, weighted } from "../../numeric/index.js";
import { type DemoCalendar, dayAtClock } from "./calendar.js";
import { demoParameters } from "./parameters.js";
import { demoStores } from "./stores.js";

/** Response of a customer to offers. */
export type ResponseType = "persuadable" | "indifferent" | "deterred";

/** Behavioural parameters of one customer; only the truth file contains them. */
export interface DemoCustomer {
  /** From 0; the id is 1000001 + index. */
  readonly index: number;
  readonly id: string;
  /** Day of the first order, with its fraction; negative before day one of the data. */
  readonly acquiredAt: number;
  /** λ: orders per day while active, before season and change. */
  readonly purchaseRate: number;
  /** μ: lapses and departures per day while active, before the change. */
  readonly dropoutRate: number;
  /** ν of gamma-gamma; orders are worth p / ν on average. */
  readonly spendRate: number;
  /** Mean order value in euro, p / ν. */
  readonly meanOrderValue: number;
  /** Mean number of lines beyond the first. */
  readonly extraLines: number;
  readonly onlineShare: number;
  readonly homeStore: number;
  /** g: sale lift of the customer; 0 for most. */
  readonly saleLift: number;
  readonly responseType: ResponseType;
  /** τ after a direct mail while active and while lapsed. */
  readonly offerActive: number;
  readonly offerLapsed: number;
  /** δ after a direct mail. */
  readonly offerSkips: number;
  readonly redeemProbability: number;
  readonly returnProbability: number;
  readonly birthYear: number;
  readonly householdSize: number;
  readonly isNewMover: boolean;
  readonly consent: "true" | "false" | "unknown";
}

const homeWeights = demoStores.map(({ weight }) => weight);
const sizeWeights = Object.values(demoParameters.people.householdSize);
const consentWeights = Object.values(demoParameters.people.consentMarketing);
const consents = ["true", "false", "unknown"] as const;

/** Draws the parameters of customer `index`. */
export function drawCustomer(random: Random, index: number, calendar: DemoCalendar): DemoCustomer {
  const { purchase, spend, basket, channel, sale, offer, returns, start, people } = demoParameters;
  const { acquisitionClock } = calendar;
  const acquired = random.uniform() * acquisitionClock[acquisitionClock.length - 1];
  const purchaseRate = gamma(random, purchase.r, purchase.alpha);
  const dropoutRate = gamma(random, purchase.s, purchase.beta);
  const spendRate = gamma(random, spend.q, spend.v);
  const { mean, deviation, min, max } = people.birthYear;
  const birthYear = Math.min(max, Math.max(min, Math.round(mean + deviation * normal(random))));
  const householdSize = weighted(random, sizeWeights) + 1;
  const saleProne = bernoulli(random, sale.proneShare);
  const responseType = drawResponseType(random, { birthYear, householdSize, saleProne });
  const redeemMean = saleProne ? offer.redeemMeanProne : offer.redeemMeanOther;
  return {
    index,
    id: String(1_000_001 + index),
    acquiredAt: dayAtClock(acquisitionClock, acquired) - start.burnInDays,
    purchaseRate,
    dropoutRate,
    spendRate,
    meanOrderValue: spend.p / spendRate,
    extraLines: gamma(random, basket.extraLinesShape, basket.extraLinesShape / basket.extraLinesMean),
    onlineShare: beta(random, channel.onlineA, channel.onlineB),
    homeStore: weighted(random, homeWeights),
    saleLift: saleProne ? gamma(random, sale.liftShape, sale.liftShape / sale.liftMean) : 0,
    responseType,
    ...offerEffects(responseType),
    redeemProbability: beta(random, redeemMean * offer.redeemPrecision, (1 - redeemMean) * offer.redeemPrecision),
    returnProbability: beta(random, returns.a, returns.b),
    birthYear,
    householdSize,
    isNewMover: bernoulli(random, people.isNewMover),
    consent: consents[weighted(random, consentWeights)],
  };
}

function drawResponseType(
  random: Random,
  { birthYear, householdSize, saleProne }: { birthYear: number; householdSize: number; saleProne: boolean },
): ResponseType {
  const { offer } = demoParameters;
  const deterred = birthYear < offer.deterredBornBefore ? offer.deterredOld : offer.deterredYoung;
  if (bernoulli(random, deterred)) return "deterred";
  const persuadable =
    offer.persuadableBase +
    (householdSize >= 3 ? offer.persuadableFamily : 0) +
    (saleProne ? offer.persuadableSaleProne : 0);
  return bernoulli(random, persuadable) ? "persuadable" : "indifferent";
}

function offerEffects(type: ResponseType): Pick<DemoCustomer, "offerActive" | "offerLapsed" | "offerSkips"> {
  const { offer } = demoParameters;
  if (type === "deterred") return { offerActive: 0, offerLapsed: 0, offerSkips: offer.deterredSkips };
  return type === "persuadable"
    ? { offerActive: offer.persuadableActive, offerLapsed: offer.persuadableLapsed, offerSkips: 0 }
    : { offerActive: offer.indifferentActive, offerLapsed: offer.indifferentLapsed, offerSkips: 0 };
}
