import type { Mapping } from "../mapping/mapping.js";
import type { KnownDataset } from "../registry/known-dataset.js";
import { type CleaningRule, type DatasetSettings, defaultSettings } from "../registry/settings.js";

/** Mapping of the files of `writeDemo` to canonical tables, without the truth. */
export const demoMapping: Mapping = {
  orders: {
    file: "transactions.csv",
    columns: {
      order_id: "order_id",
      customer_id: "customer_id",
      ordered_at: "ordered_at",
      product_id: "product_id",
      quantity: "quantity",
      unit_price: "unit_price",
      discount: "discount",
      store_id: "store_id",
      channel: "channel",
      promotion_id: "promotion_id",
    },
    timestamp_format: ["%Y-%m-%d %H:%M:%S", "%d.%m.%Y %H:%M", "%Y/%m/%d %H:%M"],
  },
  customers: {
    file: "customers.csv",
    columns: {
      customer_id: "customer_id",
      signup_date: "signup_date",
      birth_year: "birth_year",
      gender: "gender",
      region: "region",
      country: "country",
      loyalty_tier: "loyalty_tier",
      household_size: "household_size",
      household_income: "household_income",
      home_square_feet: "home_square_feet",
      is_new_mover: "is_new_mover",
      race_white: "race_white",
      acquisition_channel: "acquisition_channel",
      consent_marketing: "consent_marketing",
    },
    formats: { signup_date: "%Y-%m-%d" },
  },
  products: {
    file: "products.csv",
    columns: {
      product_id: "product_id",
      product_name: "product_name",
      category: "category",
      product_type: "product_type",
      brand: "brand",
      unit_price: "unit_price",
    },
  },
  stores: {
    file: "stores.csv",
    columns: { store_id: "store_id", region: "region", city: "city", opened_on: "opened_on" },
    formats: { opened_on: "%Y-%m-%d" },
  },
  promotions: {
    file: "promotions.csv",
    columns: {
      promotion_id: "promotion_id",
      name: "name",
      starts_on: "starts_on",
      ends_on: "ends_on",
      discount_rate: "discount_rate",
      category: "category",
    },
    timestamp_format: "%Y-%m-%d",
  },
  contacts: {
    file: "contacts.csv",
    columns: {
      contact_id: "contact_id",
      customer_id: "customer_id",
      sent_at: "sent_at",
      channel: "channel",
      promotion_id: "promotion_id",
      arm: "arm",
      redeemed_at: "redeemed_at",
      order_id: "order_id",
    },
    timestamp_format: "%Y-%m-%d %H:%M:%S",
  },
};

/** Cleaning rules for the demo's deliberate errors. */
export const demoRules: readonly CleaningRule[] = [
  {
    name: "category_spelling",
    table: "products",
    where: "category <> lower(trim(category))",
    action: "set",
    set: { category: "lower(trim(category))" },
    reason: "Spellings of a category that differ only in case and whitespace are one category",
  },
  {
    name: "full_row_duplicate",
    where: "copy_no > 1",
    action: "drop",
    reason: "The export repeats some lines; an order never has two lines with the same product and price",
  },
  {
    name: "missing_customer_id",
    where: "customer_id IS NULL",
    action: "drop",
    reason: "Sales without a customer id cannot be assigned to a purchase history",
  },
  {
    name: "cancelled_order",
    where: "order_id LIKE 'C%'",
    action: "return",
    reason: "Orders that begin with C cancel earlier orders; they are kept as returns",
  },
  {
    name: "not_a_product",
    where: "product_id IN ('POSTAGE', 'MANUAL')",
    action: "drop",
    reason: "Postage and manual corrections are not products",
  },
  {
    name: "not_a_sale",
    where: "quantity <= 0 OR unit_price <= 0",
    action: "drop",
    reason: "Free samples are not sales",
  },
];

/** Settings of the demo. The strategy figures are assumptions. */
export const demoSettings: DatasetSettings = {
  ...defaultSettings,
  currency: "EUR",
  locale: "en-GB",
  timezone: "Europe/Berlin",
  default_as_of: "2025-12-31",
  categories: ["electronics", "grocery", "sports"],
  cleaning: demoRules,
};

/** Demo as a built-in dataset, imported from the folder that `writeDemo` writes. */
export const demoDataset: KnownDataset = {
  name: "demo",
  title: "Demo shop",
  about: "Synthetic: a retailer with stores, web shop, sales and offers, simulated with known ground truth",
  licence: "MIT",
  citation: "Simulated by this project's generator, docs/demo-model.md",
  synthetic: true,
  howToGet: "npx rekindle data make demo",
  mapping: demoMapping,
  settings: demoSettings,
};
