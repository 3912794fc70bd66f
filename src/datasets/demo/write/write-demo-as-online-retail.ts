import { dirname } from "node:path";
import { setImmediate } from "node:timers/promises";
import { requireKnownOptions } from "../../../errors.js";
import { replaceFile } from "../../../storage/index.js";
import { csvRow } from "../../../text/index.js";
import { demoCalendar } from "../calendar.js";
import { demoProducts } from "../catalogue.js";
import { type DemoOptions, requireDemoOptions } from "../options.js";
import { customerColumns, describePerson } from "../person.js";
import { simulateCustomer } from "../simulate.js";
import { noDirt, writeLines } from "../transactions.js";
import { decimal, twoDigits } from "./csv.js";
import { fileSink } from "./file-sink.js";
import { type WriteDemoOptions, writeDemoOptions } from "./write-demo.js";

/** Columns of the Online Retail file. */
export const onlineRetailColumns = [
  "InvoiceNo",
  "StockCode",
  "Description",
  "Quantity",
  "InvoiceDate",
  "UnitPrice",
  "CustomerID",
  "Country",
] as const;

/**
 * Writes the demo's orders and returns as one CSV file in the format of Online Retail: returns are invoices with a `C`,
 * dates `M/D/YYYY H:MM`. The orders are those of {@link writeDemo} with the same options.
 *
 * @param path Replaced atomically when complete.
 * @returns The number of rows.
 */
export async function writeDemoAsOnlineRetail(
  path: string,
  options: DemoOptions,
  effects: WriteDemoOptions = {},
): Promise<{ readonly rows: number }> {
  requireKnownOptions("write the demo", effects, writeDemoOptions);
  const { onProgress = () => {}, signal } = effects;
  const all = requireDemoOptions(options);
  let rows = 0;
  await replaceFile(path, async (temporaryPath) => {
    const folder = dirname(temporaryPath);
    const sink = fileSink(folder);
    try {
      const file = sink.open(temporaryPath.slice(folder.length + 1), onlineRetailColumns);
      const calendar = demoCalendar(all.endOn, all.days, all);
      const descriptions = demoProducts(all.seed).map(({ id, name }) => [id, name.toUpperCase()]);
      const dates = calendar.dates.map(americanDate);
      const country = customerColumns.indexOf("country");
      const dirt = all.dirt ? noDirt() : undefined;
      for (let index = 0; index < all.customers; ++index) {
        const history = simulateCustomer(index, calendar, all);
        const home = describePerson(history.random.fork("person"), history.customer, calendar)[country];
        writeLines(history, { dirt }, (order, { product, quantity, cents }) => {
          ++rows;
          const item = typeof product === "number" ? descriptions[product] : [product, product];
          const minute = twoDigits(Math.floor(order.second / 60) % 60);
          const at = `${dates[order.day]} ${Math.floor(order.second / 3600)}:${minute}`;
          file.write(csvRow([order.id, ...item, quantity, at, decimal(cents), order.customerId, home]));
        });
        if ((index + 1) % 1000 === 0) {
          onProgress(index + 1);
          await setImmediate();
          signal?.throwIfAborted();
        }
      }
      file.close();
    } finally {
      sink.abandon();
    }
  });
  return { rows };
}

/** Formats 2025-01-09 as 1/9/2025. */
function americanDate(date: string): string {
  const [year, month, day] = date.split("-").map(Number);
  return `${month}/${day}/${year}`;
}
