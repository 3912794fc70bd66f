import type { KnownDataset } from "../registry/known-dataset.js";
import { defaultSettings } from "../registry/settings.js";

/** CDNOW master file: 23,570 customers acquired in 1997, one row per purchase. */
export const cdnow: KnownDataset = {
  name: "cdnow",
  title: "CDNOW",
  about: "Purchases until June 1998 of the 23,570 customers acquired by the CD retailer in early 1997",
  licence: "none stated; offered for teaching and research",
  citation:
    "Fader, P. S. and Hardie, B. G. S. (2001). Forecasting repeat sales at CDNOW: a case study. Interfaces 31(3), S94-S107",
  folder: "cdnow",
  otherNames: { "CDNOW_master.txt": ["cdnow_master.txt", "CDNOW_master.csv"] },
  howToGet:
    "download CDNOW_full.zip from www.brucehardie.com/datasets, then npx rekindle data add cdnow --from <folder>",
  mapping: {
    orders: {
      file: "CDNOW_master.txt",
      header: ["customer_id", "date", "number_of_cds", "dollar_value"],
      columns: {
        customer_id: "customer_id",
        ordered_at: "date",
        quantity: "number_of_cds",
        amount: "dollar_value",
        unit_price: { sql: "round(CAST(dollar_value AS DECIMAL(18, 4)) / CAST(number_of_cds AS DECIMAL(18, 4)), 4)" },
      },
      timestamp_format: "%Y%m%d",
    },
  },
  settings: {
    ...defaultSettings,
    currency: "USD",
    locale: "en-US",
    default_as_of: "1998-06-30",
    // Purchases are too infrequent for a horizon of 30 days.
    label_horizons: [90],
    // The published figures include rows of zero dollars.
    cleaning: [],
  },
};
