import type { Mapping } from "../mapping/mapping.js";
import type { KnownDataset } from "../registry/known-dataset.js";
import { type CleaningRule, type DatasetSettings, defaultSettings } from "../registry/settings.js";

/** How the files of `writeDemo` become canonical tables. The truth is not among them. */
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

/** The rules that take out the planted dirt. */
export const demoRules: readonly CleaningRule[] = [
  {
    name: "category_spelling",
    table: "products",
    where: "category <> lower(trim(category))",
    action: "set",
    set: { category: "lower(trim(category))" },
    reason: "One category is spelled in several ways: case and blanks do not count",
  },
  {
    name: "full_row_duplicate",
    where: "copy_no > 1",
    action: "drop",
    reason: "The export writes some lines twice; no order has two lines of one product at one price",
  },
  {
    name: "missing_customer_id",
    where: "customer_id IS NULL",
    action: "drop",
    reason: "A sale without a customer cannot be part of anyone's history",
  },
  {
    name: "cancelled_order",
    where: "order_id LIKE 'C%'",
    action: "return",
    reason: "Orders that begin with C take back earlier ones; they are kept as returns",
  },
  {
    name: "not_a_product",
    where: "product_id IN ('POSTAGE', 'MANUAL')",
    action: "drop",
    reason: "Postage and corrections by hand are not goods that a customer chose",
  },
  {
    name: "not_a_sale",
    where: "quantity <= 0 OR unit_price <= 0",
    action: "drop",
    reason: "Nothing was sold: samples at price zero",
  },
];

/** The demo's settings. The strategy figures are assumptions. */
export const demoSettings: DatasetSettings = {
  ...defaultSettings,
  currency: "EUR",
  locale: "en-GB",
  timezone: "Europe/Berlin",
  default_as_of: "2025-12-31",
  categories: ["electronics", "grocery", "sports"],
  cleaning: demoRules,
};

/** The demo as a dataset known by name; `writeDemo` makes the folder that it is imported from. */
export const demoDataset: KnownDataset = {
  name: "demo",
  title: "Demo shop",
  about: "Made by a published behavioural model: a shop with stores, web shop, sales and offers, and a known truth",
  licence: "MIT",
  citation: "Made by this project's own generator, docs/demo-model.md",
  synthetic: true,
  howToGet: "npx rekindle data make demo",
  mapping: demoMapping,
  settings: demoSettings,
};
