import { bernoulli, type Random } from "../../random.js";
import type { DemoCalendar } from "./calendar.js";
import { demoProductTypes, type Product, productsPerType } from "./catalogue.js";
import { decimal, twoDigits } from "./csv.js";
import { demoParameters } from "./parameters.js";
import type { DemoHistory, DemoOrder } from "./simulate.js";
import { demoStores } from "./stores.js";

/** The columns of transactions.csv. */
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

/** What was planted in the files, counted while they were written. */
export interface DirtCounts {
  /** Lines that repeat the line before them, cell for cell. */
  duplicateLines: number;
  /** Orders and returns whose lines lack the customer, and those lines, repeated ones included. */
  ordersWithoutCustomer: number;
  linesWithoutCustomer: number;
  /** Lines whose date is written DD.MM.YYYY HH:MM, or YYYY/MM/DD HH:MM, repeated ones included. */
  linesWithDottedDate: number;
  linesWithSlashedDate: number;
  /** Lines at price zero, and lines of codes that are no products, repeated ones included. */
  zeroPriceLines: number;
  postageLines: number;
  manualLines: number;
  /** Products whose category is spelt with blanks or in capitals. */
  misspeltCategories: number;
}

/** No dirt yet. */
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

/** A date as the shop's systems write it. */
type DateForm = "iso" | "dotted" | "slashed";

/** One line of the file before it becomes text. */
export interface RawLine {
  readonly orderId: string;
  /** Empty where it was lost. */
  readonly customerId: string;
  readonly day: number;
  readonly second: number;
  readonly dateForm: DateForm;
  /** Index of the product, or a code that is none. */
  readonly product: number | string;
  /** Negative in returns. */
  readonly quantity: number;
  readonly cents: number;
  readonly discountCents: number;
  readonly store: number | undefined;
  readonly promotionId: string;
}

/** Calls `write` with each line of a customer's orders and returns, with dirt if there is to be any, and counts it. */
export function writeLines(
  history: DemoHistory,
  { dirt }: { dirt: DirtCounts | undefined },
  write: (line: RawLine) => void,
): void {
  const random = dirt && history.random.fork("dirt");
  for (const order of history.orders) {
    const plan = random ? planDirt(random, order) : clean;
    const base = {
      orderId: order.id,
      customerId: plan.loseCustomer ? "" : history.customer.id,
      day: order.day,
      second: order.second,
      dateForm: plan.dateForm,
      store: order.store,
    };
    if (dirt && plan.loseCustomer) ++dirt.ordersWithoutCustomer;
    const emit = (line: RawLine) => {
      const copies = random && bernoulli(random, demoParameters.dirt.duplicateLine) ? 2 : 1;
      if (dirt) count(dirt, line, copies);
      for (let copy = 0; copy < copies; ++copy) write(line);
    };
    const sign = order.cause === "return" ? -1 : 1;
    for (const { product, quantity, cents, discountCents, promotion } of order.lines) {
      const kept = sign === 1;
      emit({
        ...base,
        product,
        quantity: sign * quantity,
        cents,
        discountCents: kept ? discountCents : 0,
        promotionId: kept && promotion ? promotion.id : "",
      });
    }
    const extra = { ...base, quantity: 1, discountCents: 0, promotionId: "" };
    if (plan.zeroPrice) emit({ ...extra, product: order.lines[0].product, cents: 0 });
    if (plan.postage) emit({ ...extra, product: "POSTAGE", cents: Math.round(demoParameters.dirt.postagePrice * 100) });
    if (plan.manual) emit({ ...extra, product: "MANUAL", cents: 100 });
  }
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

function count(dirt: DirtCounts, line: RawLine, copies: number): void {
  dirt.duplicateLines += copies - 1;
  if (line.customerId === "") dirt.linesWithoutCustomer += copies;
  if (line.dateForm === "dotted") dirt.linesWithDottedDate += copies;
  if (line.dateForm === "slashed") dirt.linesWithSlashedDate += copies;
  if (line.cents === 0) dirt.zeroPriceLines += copies;
  if (line.product === "POSTAGE") dirt.postageLines += copies;
  if (line.product === "MANUAL") dirt.manualLines += copies;
}

/** A line as the text of transactions.csv. No cell needs quotes. */
export function transactionText(line: RawLine, { dates }: DemoCalendar, products: readonly Product[]): string {
  const code = typeof line.product === "number" ? products[line.product].id : line.product;
  const place = line.store === undefined ? ",online," : `${demoStores[line.store].id},store,`;
  return (
    `${line.orderId},${line.customerId},${timeText(dates[line.day], line.second, line.dateForm)},${code},` +
    `${line.quantity},${decimal(line.cents)},${decimal(line.discountCents)},${place}${line.promotionId}`
  );
}

/** A moment in one of the three forms. */
export function timeText(date: string, second: number, form: DateForm): string {
  const hour = Math.floor(second / 3600);
  const time = `${twoDigits(hour)}:${twoDigits(Math.floor(second / 60) % 60)}`;
  if (form === "dotted") return `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 4)} ${time}`;
  if (form === "slashed") return `${date.replaceAll("-", "/")} ${time}`;
  return `${date} ${time}:${twoDigits(second % 60)}`;
}

/** The columns of products.csv. */
export const productColumns = [
  "product_id",
  "product_name",
  "category",
  "product_type",
  "brand",
  "unit_price",
] as const;

/** A category as products.csv spells it. */
export function spellCategory(random: Random | undefined, product: number, dirt: DirtCounts | undefined): string {
  const { category } = demoProductTypes[Math.floor(product / productsPerType)];
  if (!random || !dirt) return category;
  const { categoryBlanks, categoryCapitals } = demoParameters.dirt;
  const draw = random.uniform();
  if (draw >= categoryBlanks + categoryCapitals) return category;
  ++dirt.misspeltCategories;
  return draw < categoryBlanks ? `${category}  ` : category.toUpperCase();
}
