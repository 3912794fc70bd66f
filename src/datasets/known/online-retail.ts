import type { KnownDataset } from "../registry/known-dataset.js";
import { type CleaningRule, type DatasetSettings, defaultSettings } from "../registry/settings.js";

/** Cleaning rules of both Online Retail files: they give the sets A, B, C and, with deduplication, D. */
export const onlineRetailRules: readonly CleaningRule[] = [
  {
    name: "missing_customer_id",
    where: "customer_id IS NULL",
    action: "drop",
    reason: "Sales without a customer id cannot be assigned to a purchase history",
  },
  {
    name: "cancelled_invoice",
    where: "order_id LIKE 'C%'",
    action: "return",
    reason: "Invoices that begin with C cancel earlier invoices; they are kept as returns",
  },
  {
    name: "not_a_sale",
    where: "quantity <= 0 OR unit_price <= 0",
    action: "drop",
    reason: "Free goods, stock corrections and bad-debt entries are not sales",
  },
];

/** Settings of both Online Retail files. */
export const onlineRetailSettings: DatasetSettings = {
  ...defaultSettings,
  currency: "GBP",
  locale: "en-GB",
  timezone: "Europe/London",
  default_as_of: "2011-12-09",
  // The published limits were made for this shop.
  segments: { rules: "standard" },
  cleaning: onlineRetailRules,
};

/** UCI 352: one year of a British gift wholesaler. */
export const onlineRetail: KnownDataset = {
  name: "online-retail",
  title: "Online Retail",
  about: "Invoice lines of a UK online gift retailer with many wholesale customers, December 2010 to December 2011",
  licence: "CC BY 4.0",
  citation: "Chen, D. (2015). Online Retail [Dataset]. UCI Machine Learning Repository. doi:10.24432/C5BW33",
  folder: "online_retail",
  otherNames: {
    "online_retail.csv.gz": [
      "online_retail.csv",
      "OnlineRetail.csv",
      "Online Retail.csv",
      "Online Retail.xlsx",
      "online_retail.xlsx",
      "data.csv",
    ],
  },
  archive: "https://archive.ics.uci.edu/static/public/352/online+retail.zip",
  facts: {
    rows: 541_909,
    revenue: "9747747.934",
    columns: {
      InvoiceNo: { distinct: 25_900 },
      CustomerID: { distinct: 4372, empty: 135_080 },
      Quantity: { sum: "5176450" },
      UnitPrice: { sum: "2498803.974" },
    },
  },
  howToGet: "npx rekindle data fetch online-retail",
  mapping: {
    orders: {
      file: "online_retail.csv.gz",
      columns: {
        order_id: "InvoiceNo",
        product_id: "StockCode",
        product_name: "Description",
        quantity: "Quantity",
        ordered_at: "InvoiceDate",
        unit_price: "UnitPrice",
        customer_id: "CustomerID",
        country: "Country",
      },
      timestamp_format: "%m/%d/%Y %H:%M",
    },
  },
  settings: onlineRetailSettings,
};
