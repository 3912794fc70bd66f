import { createRandom } from "../../numeric/index.js";
import { csvRow, epochDay } from "../../text/index.js";
import { type DemoCalendar, demoCalendar } from "./calendar.js";
import { demoProducts, demoProductTypes, type Product, productsPerType } from "./catalogue.js";
import { contactColumns, contactTexts } from "./contacts.js";
import { type DemoOptions, requireDemoOptions } from "./options.js";
import { demoParameters } from "./parameters.js";
import { customerColumns, describePerson } from "./person.js";
import { simulateCustomer } from "./simulate.js";
import { demoStores } from "./stores.js";
import {
  categoryCell,
  type DirtCounts,
  noDirt,
  productColumns,
  transactionColumns,
  transactionTexts,
  writeLines,
} from "./transactions.js";
import { truthColumns, truthText } from "./truth-row.js";
import { decimal } from "./write/csv.js";
import type { DemoSink } from "./write/sink.js";

/** True parameters and counts of a demo: the content of truth.json. */
export interface DemoTruth {
  readonly options: Required<DemoOptions>;
  readonly parameters: typeof demoParameters;
  /** The change of behaviour, or null in a stationary demo. */
  readonly change: ({ readonly startsOn: string } & typeof demoParameters.change) | null;
  readonly counts: {
    readonly customers: number;
    readonly orders: number;
    readonly orderLines: number;
    readonly returns: number;
    readonly returnLines: number;
    /** Rows of transactions.csv. */
    readonly transactionRows: number;
    /** Lapses that ended within the data. */
    readonly reactivations: number;
    readonly reactivatedCustomers: number;
  };
  readonly offers: {
    readonly test: number;
    readonly control: number;
    readonly redemptions: number;
    /** Orders within the data caused by an offer. */
    readonly additionalOrders: number;
    /** Orders that deterred customers skipped because of an offer. */
    readonly skippedOrders: number;
  };
  /** Rows with each kind of error, or null in a clean demo. */
  readonly dirt: DirtCounts | null;
}

/**
 * Generates the demo: writes every file of a shop's export, and truth.csv, row by row to `sink`. Memory does not grow with
 * the number of customers, and the same options give the same bytes.
 *
 * @returns True parameters and counts.
 * @throws {RangeError} If an option is out of range.
 */
export function generateDemo(options: DemoOptions, sink: DemoSink): DemoTruth {
  const steps = demoSteps(options, sink);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Generates the demo like {@link generateDemo}, a thousand customers per step, so that a caller can yield in between.
 *
 * @returns Generator of the number of customers done; its return value is the truth.
 */
export function* demoSteps(options: DemoOptions, sink: DemoSink): Generator<number, DemoTruth> {
  const all = requireDemoOptions(options);
  const calendar = demoCalendar(all.endOn, all.days, all);
  const products = demoProducts(all.seed);
  const dirt = all.dirt ? noDirt() : undefined;
  writeShop(sink, calendar, products, { seed: all.seed, dirt });
  const transactions = sink.open("transactions.csv", transactionColumns);
  const textOf = transactionTexts(calendar, products);
  const customers = sink.open("customers.csv", customerColumns);
  const contacts = sink.open("contacts.csv", contactColumns);
  const truth = sink.open("truth.csv", truthColumns);
  const truthDay = calendar.days - 1 - (epochDay(all.endOn) - epochDay(all.truthAt));
  const counts = { customers: all.customers, orders: 0, orderLines: 0, returns: 0, returnLines: 0, transactionRows: 0 };
  const returned = { reactivations: 0, reactivatedCustomers: 0 };
  const offers = { test: 0, control: 0, redemptions: 0, additionalOrders: 0, skippedOrders: 0 };
  for (let index = 0; index < all.customers; ++index) {
    const history = simulateCustomer(index, calendar, all);
    customers.write(csvRow(describePerson(history.random.fork("person"), history.customer, calendar)));
    writeLines(history, { dirt }, (order, line) => {
      ++counts.transactionRows;
      transactions.write(textOf(order, line));
    });
    for (const text of contactTexts(history, calendar)) contacts.write(text);
    const row = truthText(history, calendar, truthDay);
    if (row !== undefined) truth.write(row);
    for (const { cause, lines, contact } of history.orders) {
      counts[cause === "return" ? "returns" : "orders"] += 1;
      counts[cause === "return" ? "returnLines" : "orderLines"] += lines.length;
      if (contact !== undefined) ++offers.redemptions;
      if (cause === "offer") ++offers.additionalOrders;
    }
    for (const { arm } of history.life.contacts) ++offers[arm];
    offers.skippedOrders += history.skipped;
    const { times, states } = history.life;
    const reactivations = times.filter((time, i) => i > 0 && time >= 0 && states[i] === "active").length;
    returned.reactivations += reactivations;
    if (reactivations > 0) ++returned.reactivatedCustomers;
    if ((index + 1) % 1000 === 0) yield index + 1;
  }
  for (const file of [transactions, customers, contacts, truth]) file.close();
  return {
    options: all,
    parameters: demoParameters,
    change: all.stationary ? null : { startsOn: calendar.dateOf(calendar.changeDay), ...demoParameters.change },
    counts: { ...counts, ...returned },
    offers,
    dirt: dirt ?? null,
  };
}

function writeShop(
  sink: DemoSink,
  calendar: DemoCalendar,
  products: readonly Product[],
  { seed, dirt }: { seed: number; dirt: DirtCounts | undefined },
): void {
  const spelling = dirt && createRandom(seed).fork("spelling");
  const productFile = sink.open("products.csv", productColumns);
  for (const [i, { id, name, brand, cents }] of products.entries()) {
    const type = demoProductTypes[Math.floor(i / productsPerType)].name;
    productFile.write(csvRow([id, name, categoryCell(spelling, i, dirt), type, brand, decimal(cents)]));
  }
  productFile.close();
  const storeFile = sink.open("stores.csv", ["store_id", "region", "city", "opened_on"]);
  for (const { id, region, city, openedOn } of demoStores) storeFile.write(csvRow([id, region, city, openedOn]));
  storeFile.close();
  const promotionFile = sink.open("promotions.csv", [
    "promotion_id",
    "name",
    "starts_on",
    "ends_on",
    "discount_rate",
    "category",
  ]);
  for (const { id, name, startDay, endDay, discountRate, category } of calendar.promotions) {
    if (endDay < 0 || startDay >= calendar.days) continue;
    const [startsOn, endsOn] = [startDay, endDay].map(calendar.dateOf);
    promotionFile.write(csvRow([id, name, startsOn, endsOn, discountRate, category ?? null]));
  }
  promotionFile.close();
}
