import { bernoulli, normal, type Random, weighted } from "../../numeric/index.js";
import type { DemoCalendar } from "./calendar.js";
import type { DemoCustomer } from "./customer.js";
import { demoParameters } from "./parameters.js";
import { demoStores } from "./stores.js";

/** Columns of customers.csv. */
export const customerColumns = [
  "customer_id",
  "signup_date",
  "birth_year",
  "gender",
  "region",
  "country",
  "loyalty_tier",
  "household_size",
  "household_income",
  "home_square_feet",
  "is_new_mover",
  "race_white",
  "acquisition_channel",
  "consent_marketing",
] as const;

const { people, purchase, spend } = demoParameters;
const meanOrderValue = (spend.p * spend.v) / (spend.q - 1);
const meanDropoutRate = purchase.s / purchase.beta;
const countries = Object.keys(people.country);
const countryWeights = Object.values(people.country);
const genders = Object.keys(people.gender);
const genderWeights = Object.values(people.gender);
const channels = Object.keys(people.acquisitionChannel);

/** Draws a customer's personal details, as the cells of {@link customerColumns}; unknown ones are empty. */
export function describePerson(random: Random, customer: DemoCustomer, calendar: DemoCalendar): string[] {
  const { householdIncome, homeSquareFeet, raceWhite, missing } = people;
  const logIncome =
    householdIncome.logMean +
    householdIncome.spendSlope * Math.log(customer.meanOrderValue / meanOrderValue) +
    householdIncome.deviation * normal(random);
  const income = inSteps(Math.exp(logIncome), householdIncome.step);
  const squareFeet = Math.max(
    homeSquareFeet.min,
    homeSquareFeet.base +
      homeSquareFeet.perPerson * (customer.householdSize - 1) +
      homeSquareFeet.perIncome * income +
      homeSquareFeet.deviation * normal(random),
  );
  const whiteLogOdds = raceWhite.intercept + raceWhite.incomeSlope * (logIncome - householdIncome.logMean);
  const white = bernoulli(random, 1 / (1 + Math.exp(-whiteLogOdds)));
  const known = (share: number, text: string | number | boolean) => (bernoulli(random, share) ? "" : String(text));
  return [
    customer.id,
    calendar.dateOf(Math.floor(customer.acquiredAt)),
    known(missing.birth_year, customer.birthYear),
    known(missing.gender, genders[weighted(random, genderWeights)]),
    demoStores[customer.homeStore].region,
    countries[weighted(random, countryWeights)],
    loyaltyTier(random, customer),
    known(missing.household_size, customer.householdSize),
    known(missing.household_income, income),
    known(missing.home_square_feet, inSteps(squareFeet, homeSquareFeet.step)),
    known(missing.is_new_mover, customer.isNewMover),
    known(missing.race_white, white),
    channels[weighted(random, channelWeights(customer))],
    customer.consent === "unknown" ? "" : customer.consent,
  ];
}

function loyaltyTier(random: Random, { purchaseRate, meanOrderValue: value }: DemoCustomer): string {
  const { bronze, silver, gold, noise } = people.loyaltyTier;
  const yearly = 365 * purchaseRate * value * Math.exp(noise * normal(random));
  return yearly >= gold ? "gold" : yearly >= silver ? "silver" : yearly >= bronze ? "bronze" : "";
}

/** Returns the channel weights: short-lived customers come more often from social media and affiliates. */
function channelWeights({ dropoutRate }: DemoCustomer): number[] {
  const { store, search, referral, social, affiliate } = people.acquisitionChannel;
  const tilt = Math.min(3, dropoutRate / meanDropoutRate);
  return [store, search, referral, social * tilt, affiliate * tilt];
}

function inSteps(value: number, step: number): number {
  return Math.round(value / step) * step;
}
