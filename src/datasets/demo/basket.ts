import { bernoulli, gamma, integer, poisson, type Random } from "../../numeric/index.js";
import type { DemoCalendar } from "./calendar.js";
import { demoCategories, demoProductTypes, productsPerType } from "./catalogue.js";
import type { DemoCustomer } from "./customer.js";
import { demoParameters } from "./parameters.js";
import type { Promotion } from "./promotions.js";
import { type DemoTaste, drawType, typeOffsets } from "./taste.js";

/** One line of an order. */
export interface DemoLine {
  /** Index into the products. */
  readonly product: number;
  readonly quantity: number;
  /** Unit price paid, in cents. */
  readonly cents: number;
  /** Discount of the sale or offer on the line, in cents, a multiple of the quantity; already deducted from `cents`. */
  readonly discountCents: number;
  readonly promotion: Promotion | undefined;
}

const priceRange = 16;
const maxLines = 15;

/**
 * Draws the lines of one order. Its value z ~ Gamma(p, ν) is the amount paid. It is split over 1 + Poisson(b) lines by gamma
 * weights times the price level of each line's product type; the product is the one with the nearest list price.
 *
 * @param promotion Sale or offer that caused the order, if any: the first line is of its category.
 * @param offer Offer that the order redeems.
 */
export function drawBasket(
  random: Random,
  { customer, taste, calendar }: { customer: DemoCustomer; taste: DemoTaste; calendar: DemoCalendar },
  { day, promotion, offer }: { day: number; promotion: Promotion | undefined; offer: Promotion | undefined },
): DemoLine[] {
  const { spend, basket } = demoParameters;
  const shares = day >= calendar.changeDay ? taste.after : taste.before;
  const value = gamma(random, spend.p, customer.spendRate) * 100;
  const wanted = Math.min(maxLines, 1 + poisson(random, customer.extraLines));
  const types: number[] = [];
  const weights: number[] = [];
  let sum = 0;
  for (let k = 0; k < wanted; ++k) {
    const [from, to] = k === 0 ? typesOf(promotion) : allTypes;
    types.push(drawType(random, shares, from, to));
    weights.push(demoProductTypes[types[k]].price * gamma(random, basket.splitShape, 1));
    sum += weights[k];
  }
  // A line too small for the cheapest product of its type is dropped; the other lines share its value.
  let kept = 0;
  for (let k = 0, total = sum; k < wanted; ++k) {
    const cheapest = (demoProductTypes[types[k]].price * 100) / Math.sqrt(priceRange);
    if (k > 0 && (value * weights[k]) / total < 0.8 * cheapest) {
      sum -= weights[k];
      continue;
    }
    types[kept] = types[k];
    weights[kept++] = weights[k];
  }
  const lines: DemoLine[] = [];
  for (let k = 0; k < kept; ++k) {
    const amount = (value * weights[k]) / sum;
    const quantity = drawQuantity(random, amount, types[k]);
    const cents = Math.max(5, Math.round(amount / quantity));
    const applied = promotionOf(types[k], offer, calendar.saleOn[day]);
    const discountCents = applied ? (Math.round(cents / (1 - applied.discountRate)) - cents) * quantity : 0;
    lines.push({
      product: pickProduct(random, cents, types[k], lines),
      quantity,
      cents,
      discountCents,
      promotion: applied,
    });
  }
  return lines;
}

const allTypes: readonly [number, number] = [0, demoProductTypes.length];
const rangeOfCategory = new Map<string, readonly [number, number]>(
  demoCategories.map(({ name }, c) => [name, [typeOffsets[c], typeOffsets[c + 1]]]),
);

function typesOf(promotion: Promotion | undefined): readonly [number, number] {
  return (promotion?.category && rangeOfCategory.get(promotion.category)) || allTypes;
}

/** Returns the promotion of a line: an offer takes precedence over a sale, and both apply to their own category only. */
function promotionOf(type: number, offer: Promotion | undefined, sale: Promotion | undefined): Promotion | undefined {
  const { category } = demoProductTypes[type];
  if (offer && (offer.category === null || offer.category === category)) return offer;
  return sale && (sale.category === null || sale.category === category) ? sale : undefined;
}

function drawQuantity(random: Random, amount: number, type: number): number {
  const middle = demoProductTypes[type].price * 100;
  const cheapest = middle / Math.sqrt(priceRange);
  const dearest = middle * Math.sqrt(priceRange);
  if (amount > dearest) return Math.ceil(amount / middle);
  const most = Math.min(5, Math.floor(amount / cheapest));
  if (most < 2 || !bernoulli(random, demoParameters.basket.severalPieces)) return 1;
  return 2 + integer(random, most - 1);
}

/** Picks the product with the nearest list price or a neighbour of it, without repeats within an order. */
function pickProduct(random: Random, cents: number, type: number, lines: readonly DemoLine[]): number {
  const place =
    (Math.log(cents / (demoProductTypes[type].price * 100)) / Math.log(priceRange) + 0.5) * (productsPerType - 1);
  let k = Math.min(productsPerType - 1, Math.max(0, Math.round(place) + integer(random, 3) - 1));
  while (lines.some(({ product }) => product === type * productsPerType + k)) k = (k + 1) % productsPerType;
  return type * productsPerType + k;
}
