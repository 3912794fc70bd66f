import { bernoulli, type Random } from "../../numeric/index.js";
import type { DemoLine } from "./basket.js";
import type { DemoCalendar } from "./calendar.js";
import { demoProductTypes, type Product, productsPerType } from "./catalogue.js";
import { demoParameters } from "./parameters.js";
import type { DemoHistory, DemoOrder } from "./simulate.js";
import { demoStores } from "./stores.js";
import { decimal, twoDigits } from "./write/csv.js";

/**
 * Columns of transactions.csv. The amount of a line is quantity x unit_price - discount. Returns have the unit price paid
 * and a negative quantity.
 */
export const transactionColumns = [
  "order_id",
  "customer_id",
  "ordered_at",
  "product_id",
  "quantity",
  "unit_price",
  "discount",
  "store_id",
  "channel",
  "promotion_id",
] as const;

/** Counts of the deliberate errors in the files. */
export interface DirtCounts {
  /** Lines identical to the line before. */
  duplicateLines: number;
  /** Orders and returns without a customer id, and their lines, duplicates included. */
  ordersWithoutCustomer: number;
  linesWithoutCustomer: number;
  /** Lines with dates as DD.MM.YYYY HH:MM or YYYY/MM/DD HH:MM, duplicates included. */
  linesWithDottedDate: number;
  linesWithSlashedDate: number;
  /** Lines at price zero, and lines with non-product codes, duplicates included. */
  zeroPriceLines: number;
  postageLines: number;
  manualLines: number;
  /** Products whose category has trailing whitespace or is in capitals. */
  misspeltCategories: number;
}

/** Returns counts of zero. */
export function noDirt(): DirtCounts {
  return {
    duplicateLines: 0,
    ordersWithoutCustomer: 0,
    linesWithoutCustomer: 0,
    linesWithDottedDate: 0,
    linesWithSlashedDate: 0,
    zeroPriceLines: 0,
    postageLines: 0,
    manualLines: 0,
    misspeltCategories: 0,
  };
}

/** Date format of the shop's export. */
type DateForm = "iso" | "dotted" | "slashed";

/** Columns shared by the lines of one order or return. */
export interface RawOrder {
  readonly id: string;
  /** Empty if missing. */
  readonly customerId: string;
  readonly day: number;
  readonly second: number;
  readonly dateForm: DateForm;
  /** Index of the store; undefined for an online order. */
  readonly store: number | undefined;
}

/** Order line before it is formatted as text. */
export interface RawLine {
  /** Index of the product, or a non-product code. */
  readonly product: number | string;
  /** Negative in returns. */
  readonly quantity: number;
  /** Unit price paid, in cents. */
  readonly cents: number;
  /** Discount on the whole line, in cents; a multiple of the quantity. */
  readonly discountCents: number;
  readonly promotionId: string;
}

/** Calls `write` with each line of a customer's orders and returns; adds deliberate errors if asked to, and counts them. */
export function writeLines(
  history: DemoHistory,
  { dirt }: { dirt: DirtCounts | undefined },
  write: (order: RawOrder, line: RawLine) => void,
): void {
  const random = dirt && history.random.fork("dirt");
  for (const order of history.orders) {
    const plan = random ? planDirt(random, order) : clean;
    const { id, day, second, store } = order;
    const customerId = plan.loseCustomer ? "" : history.customer.id;
    const raw: RawOrder = { id, customerId, day, second, dateForm: plan.dateForm, store };
    if (dirt && plan.loseCustomer) ++dirt.ordersWithoutCustomer;
    const emit = (line: RawLine) => {
      const copies = random && bernoulli(random, demoParameters.dirt.duplicateLine) ? 2 : 1;
      if (dirt) count(dirt, raw, line, copies);
      for (let copy = 0; copy < copies; ++copy) write(raw, line);
    };
    for (const line of order.lines) emit(order.cause === "return" ? returned(line) : sold(line));
    const extra = { quantity: 1, discountCents: 0, promotionId: "" };
    if (plan.zeroPrice) emit({ ...extra, product: order.lines[0].product, cents: 0 });
    if (plan.postage) emit({ ...extra, product: "POSTAGE", cents: Math.round(demoParameters.dirt.postagePrice * 100) });
    if (plan.manual) emit({ ...extra, product: "MANUAL", cents: 100 });
  }
}

function sold({ product, quantity, cents, discountCents, promotion }: DemoLine): RawLine {
  return { product, quantity, cents, discountCents, promotionId: promotion ? promotion.id : "" };
}

function returned({ product, quantity, cents }: DemoLine): RawLine {
  return { product, quantity: -quantity, cents, discountCents: 0, promotionId: "" };
}

interface DirtPlan {
  readonly dateForm: DateForm;
  readonly loseCustomer: boolean;
  readonly zeroPrice: boolean;
  readonly postage: boolean;
  readonly manual: boolean;
}

const clean: DirtPlan = { dateForm: "iso", loseCustomer: false, zeroPrice: false, postage: false, manual: false };

function planDirt(random: Random, { cause, store }: DemoOrder): DirtPlan {
  const { dottedDate, slashedDate, missingCustomer, zeroPrice, postage, manual } = demoParameters.dirt;
  const form = random.uniform();
  const loseCustomer = bernoulli(random, missingCustomer);
  const sale = cause !== "return";
  return {
    dateForm: form < dottedDate ? "dotted" : form < dottedDate + slashedDate ? "slashed" : "iso",
    loseCustomer,
    zeroPrice: bernoulli(random, zeroPrice) && sale,
    postage: bernoulli(random, postage) && sale && store === undefined,
    manual: bernoulli(random, manual) && sale,
  };
}

function count(
  dirt: DirtCounts,
  { customerId, dateForm }: RawOrder,
  { cents, product }: RawLine,
  copies: number,
): void {
  dirt.duplicateLines += copies - 1;
  if (customerId === "") dirt.linesWithoutCustomer += copies;
  if (dateForm === "dotted") dirt.linesWithDottedDate += copies;
  if (dateForm === "slashed") dirt.linesWithSlashedDate += copies;
  if (cents === 0) dirt.zeroPriceLines += copies;
  if (product === "POSTAGE") dirt.postageLines += copies;
  if (product === "MANUAL") dirt.manualLines += copies;
}

/** Formats lines as rows of transactions.csv; no cell needs quotes. Shared columns are formatted once per order. */
export function transactionTexts(
  { dates }: DemoCalendar,
  products: readonly Product[],
): (order: RawOrder, line: RawLine) => string {
  let last: RawOrder | undefined;
  let head = "";
  let place = "";
  return (order, { product, quantity, cents, discountCents, promotionId }) => {
    if (order !== last) {
      last = order;
      head = `${order.id},${order.customerId},${timeText(dates[order.day], order.second, order.dateForm)},`;
      place = order.store === undefined ? ",online," : `${demoStores[order.store].id},store,`;
    }
    const code = typeof product === "number" ? products[product].id : product;
    const listCents = cents + discountCents / quantity;
    return `${head}${code},${quantity},${decimal(listCents)},${decimal(discountCents)},${place}${promotionId}`;
  };
}

/** Formats a date and time in one of the three forms. */
export function timeText(date: string, second: number, form: DateForm): string {
  const hour = Math.floor(second / 3600);
  const time = `${twoDigits(hour)}:${twoDigits(Math.floor(second / 60) % 60)}`;
  if (form === "dotted") return `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)} ${time}`;
  if (form === "slashed") return `${date.replaceAll("-", "/")} ${time}`;
  return `${date} ${time}:${twoDigits(second % 60)}`;
}

/** Columns of products.csv. */
export const productColumns = [
  "product_id",
  "product_name",
  "category",
  "product_type",
  "brand",
  "unit_price",
] as const;

/** Returns the category cell of products.csv, misspelled at random if `random` is given. */
export function categoryCell(random: Random | undefined, product: number, dirt: DirtCounts | undefined): string {
  const { category } = demoProductTypes[Math.floor(product / productsPerType)];
  if (!random || !dirt) return category;
  const { categoryBlanks, categoryCapitals } = demoParameters.dirt;
  const draw = random.uniform();
  if (draw >= categoryBlanks + categoryCapitals) return category;
  ++dirt.misspeltCategories;
  return draw < categoryBlanks ? `${category}  ` : category.toUpperCase();
}
