import type { KnownDataset } from "../registry/known-dataset.js";
import { onlineRetailRules, onlineRetailSettings } from "./online-retail.js";

/**
 * SQL of the sheet of a row. In a CSV export the second sheet starts at the first row whose time is more than a day before
 * the previous one.
 */
const part = `COALESCE(source_sheet, CASE WHEN source_row >= (
  SELECT min(source_row) FROM (
    SELECT source_row, TRY_CAST("InvoiceDate" AS TIMESTAMP) AS this, lag(TRY_CAST("InvoiceDate" AS TIMESTAMP)) OVER (ORDER BY source_row) AS previous
    FROM source_orders) AS t
  WHERE this < previous - INTERVAL 1 DAY) THEN 'Year 2010-2011' ELSE 'Year 2009-2010' END)`;

/** UCI 502: two years of a British gift wholesaler, in two overlapping sheets. */
export const onlineRetailIi: KnownDataset = {
  name: "online-retail-ii",
  title: "Online Retail II",
  about: "Two years of the same retailer, December 2009 to December 2011, in two sheets that overlap by nine days",
  licence: "CC BY 4.0",
  citation: "Chen, D. (2012). Online Retail II [Dataset]. UCI Machine Learning Repository. doi:10.24432/C5CG6D",
  folder: "online_retail_ii",
  otherNames: { "online_retail_II.csv.gz": ["online_retail_II.csv", "online_retail_II.xlsx"] },
  archive: "https://archive.ics.uci.edu/static/public/502/online+retail+ii.zip",
  facts: {
    rows: 1_067_371,
    revenue: "19287250.568",
    columns: {
      Invoice: { distinct: 53_628 },
      "Customer ID": { distinct: 5942, empty: 243_007 },
      Quantity: { sum: "10608492" },
    },
  },
  howToGet: "npx rekindle data fetch online-retail-ii",
  mapping: {
    orders: {
      file: "online_retail_II.csv.gz",
      columns: {
        order_id: "Invoice",
        product_id: "StockCode",
        product_name: "Description",
        quantity: "Quantity",
        ordered_at: "InvoiceDate",
        unit_price: "Price",
        customer_id: "Customer ID",
        country: "Country",
        part: { sql: part },
      },
      timestamp_format: "%Y-%m-%d %H:%M:%S",
    },
  },
  settings: {
    ...onlineRetailSettings,
    cleaning: [
      {
        name: "sheet_overlap",
        where:
          "part = 'Year 2009-2010' AND ordered_at >= (SELECT min(ordered_at) FROM lines WHERE part = 'Year 2010-2011')",
        action: "drop",
        reason: "The sheets overlap: rows of the first sheet are dropped from the first day of the second sheet",
      },
      ...onlineRetailRules,
    ],
  },
};
