/** Type of a canonical column. */
export type ColumnType = "id" | "text" | "money" | "number" | "timestamp" | "date" | "flag";

/** Requirements on a canonical column. */
export interface ColumnContract {
  readonly type: ColumnType;
  /** A mapping must include it. Empty values are left to the cleaning rules and never filled silently. */
  readonly required?: true;
  /** True for a date in the past; defaults to true for timestamps, which record what happened. */
  readonly past?: true;
}

/** Name of a canonical table. */
export type TableName =
  | "orders"
  | "order_lines"
  | "returns"
  | "customers"
  | "products"
  | "stores"
  | "promotions"
  | "contacts";

/** Key and columns of a canonical table. */
export interface TableContract {
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, ColumnContract>>;
}

const id = { type: "id" } as const;
const text = { type: "text" } as const;
const money = { type: "money" } as const;
const number = { type: "number" } as const;
const timestamp = { type: "timestamp" } as const;
const date = { type: "date" } as const;
const flag = { type: "flag" } as const;

/** Columns that describe the product; a file with one row per order line maps them under `orders`. */
const lineColumns = {
  line_no: id,
  product_id: id,
  product_name: text,
  category: text,
  product_type: text,
  quantity: number,
  unit_price: money,
  discount: money,
  discount_rate: number,
  amount: money,
  promotion_id: id,
} as const;

/**
 * Canonical tables and columns of a source. `orders` has one row per order or per order line; `order_total` is for files
 * with one amount per order. Only the customer, the time and an amount are required.
 */
export const sourceContract: Readonly<Record<TableName, TableContract>> = {
  orders: {
    key: ["order_id"],
    columns: {
      order_id: id,
      customer_id: { ...id, required: true },
      ordered_at: { ...timestamp, required: true },
      order_total: money,
      stated_amount: money,
      store_id: id,
      channel: text,
      country: text,
      part: text,
      ...lineColumns,
    },
  },
  order_lines: { key: ["order_id", "line_no"], columns: { order_id: { ...id, required: true }, ...lineColumns } },
  returns: {
    key: ["return_id", "line_no"],
    columns: {
      return_id: { ...id, required: true },
      line_no: id,
      customer_id: { ...id, required: true },
      returned_at: { ...timestamp, required: true },
      amount: { ...money, required: true },
      product_id: id,
      quantity: number,
      order_id: id,
    },
  },
  customers: {
    key: ["customer_id"],
    columns: {
      customer_id: { ...id, required: true },
      signup_date: { ...date, past: true },
      birth_year: number,
      gender: text,
      region: text,
      country: text,
      loyalty_tier: text,
      household_size: number,
      household_income: number,
      home_square_feet: number,
      is_new_mover: flag,
      race_white: flag,
      acquisition_channel: text,
      consent_marketing: flag,
    },
  },
  products: {
    key: ["product_id"],
    columns: {
      product_id: { ...id, required: true },
      product_name: text,
      category: text,
      product_type: text,
      brand: text,
      unit_price: money,
    },
  },
  stores: {
    key: ["store_id"],
    columns: { store_id: { ...id, required: true }, store_name: text, region: text, city: text, opened_on: date },
  },
  promotions: {
    key: ["promotion_id"],
    columns: {
      promotion_id: { ...id, required: true },
      name: text,
      starts_on: date,
      ends_on: date,
      discount_rate: number,
      category: text,
    },
  },
  contacts: {
    key: ["contact_id"],
    columns: {
      contact_id: id,
      customer_id: { ...id, required: true },
      sent_at: { ...timestamp, required: true },
      channel: text,
      promotion_id: id,
      arm: text,
      redeemed_at: timestamp,
      order_id: id,
    },
  },
};
