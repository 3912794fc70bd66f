import type { KnownDataset } from "../registry/known-dataset.js";
import { defaultSettings, standardRules } from "../registry/settings.js";

/** Retail chain: customers with loyalty tiers, sales headers and lines, products, promotions. */
export const storeSales: KnownDataset = {
  name: "store-sales",
  title: "Store sales",
  about:
    "Synthetic retail tables with deliberate errors: customers, sales headers and lines, products, stores, promotions",
  licence: "for educational purposes",
  citation: "Synthetic tables of a customer-spend prediction project",
  folder: "store_sales",
  synthetic: true,
  howToGet: "npx rekindle data add store-sales --from <folder with its CSV files>",
  mapping: {
    orders: {
      file: "store_sales_header.csv",
      columns: {
        order_id: "transaction_id",
        customer_id: "customer_id",
        ordered_at: "transaction_date",
        stated_amount: "total_amount",
        store_id: "store_id",
      },
      timestamp_format: ["%Y-%m-%d %H:%M:%S", "%d-%m-%Y %H:%M", "%Y/%m/%d"],
    },
    order_lines: {
      file: "store_sales_line_items.csv",
      columns: {
        order_id: "transaction_id",
        line_no: "line_item_id",
        product_id: "product_id",
        promotion_id: "promotion_id",
        quantity: "quantity",
        amount: "line_item_amount",
      },
    },
    customers: {
      file: "customer_details.csv",
      columns: { customer_id: "customer_id", loyalty_tier: "loyalty_status", signup_date: "customer_since" },
      formats: { signup_date: ["%Y-%m-%d", "%m-%d-%Y"] },
    },
    products: {
      file: "products.csv",
      columns: {
        product_id: "product_id",
        product_name: "product_name",
        category: "product_category",
        unit_price: "unit_price",
      },
    },
    stores: {
      file: "stores.csv",
      columns: {
        store_id: "store_id",
        store_name: "store_name",
        city: "store_city",
        region: "store_region",
        opened_on: "opening_date",
      },
    },
    promotions: {
      file: "promotion_details.csv",
      columns: {
        promotion_id: "promotion_id",
        name: "promotion_name",
        starts_on: "start_date",
        ends_on: "end_date",
        discount_rate: "discount_percentage",
        category: "applicable_category",
      },
    },
  },
  settings: {
    ...defaultSettings,
    currency: "INR",
    locale: "en-IN",
    timezone: "Asia/Kolkata",
    categories: ["electronics", "grocery", "sports"],
    cleaning: [
      {
        name: "category_spelling",
        table: "products",
        where: "category IS NOT NULL AND category <> lower(trim(category))",
        action: "set",
        set: { category: "lower(trim(category))" },
        reason: "Spellings of a category that differ only in case and whitespace are one category",
      },
      {
        name: "line_without_order",
        where: "order_id IS NULL",
        action: "drop",
        reason: "Lines without an order id have neither a customer nor a time",
      },
      ...standardRules,
    ],
  },
};
