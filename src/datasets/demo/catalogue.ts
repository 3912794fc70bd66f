import { createRandom, integer } from "../../numeric/index.js";

/** Product type: the unit of customer preferences. */
export interface ProductType {
  readonly name: string;
  readonly category: string;
  /** Median list price in euro; list prices range from a quarter to four times of it. */
  readonly price: number;
  /** Popularity within its category. */
  readonly weight: number;
  /** Noun in product names. */
  readonly noun: string;
}

/** Product of the demo shop. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly type: number;
  readonly brand: string;
  /** List price in cents. */
  readonly cents: number;
}

/** Product categories and their popularity; every array over categories has this order. */
export const demoCategories = [
  { name: "electronics", weight: 0.17 },
  { name: "grocery", weight: 0.3 },
  { name: "sports", weight: 0.15 },
  { name: "home", weight: 0.18 },
  { name: "beauty", weight: 0.11 },
  { name: "leisure", weight: 0.09 },
] as const;

/** Product types, grouped by category in the order of {@link demoCategories}. */
export const demoProductTypes: readonly ProductType[] = [
  { name: "headphones", category: "electronics", price: 32, weight: 0.24, noun: "headphones" },
  { name: "phone accessories", category: "electronics", price: 14, weight: 0.28, noun: "phone case" },
  { name: "charging", category: "electronics", price: 16, weight: 0.2, noun: "charging cable, 2 m" },
  { name: "smart home", category: "electronics", price: 30, weight: 0.16, noun: "smart plug" },
  { name: "speakers", category: "electronics", price: 36, weight: 0.12, noun: 'speaker 5"' },
  { name: "coffee and tea", category: "grocery", price: 8, weight: 0.26, noun: "coffee" },
  { name: "snacks", category: "grocery", price: 4, weight: 0.24, noun: "snack mix" },
  { name: "drinks", category: "grocery", price: 6, weight: 0.2, noun: "juice" },
  { name: "pantry", category: "grocery", price: 5, weight: 0.18, noun: "pasta sauce" },
  { name: "breakfast", category: "grocery", price: 5, weight: 0.12, noun: "muesli" },
  { name: "running", category: "sports", price: 30, weight: 0.32, noun: "running shirt" },
  { name: "fitness", category: "sports", price: 22, weight: 0.28, noun: "training band" },
  { name: "cycling", category: "sports", price: 28, weight: 0.22, noun: "bicycle lamp" },
  { name: "outdoor", category: "sports", price: 32, weight: 0.18, noun: "hiking bottle" },
  { name: "kitchenware", category: "home", price: 20, weight: 0.3, noun: "pan" },
  { name: "bedding", category: "home", price: 28, weight: 0.22, noun: "bed linen" },
  { name: "decoration", category: "home", price: 15, weight: 0.26, noun: "candle holder" },
  { name: "cleaning", category: "home", price: 7, weight: 0.22, noun: "cleaner" },
  { name: "skin care", category: "beauty", price: 12, weight: 0.42, noun: "cream" },
  { name: "hair care", category: "beauty", price: 8, weight: 0.33, noun: "shampoo" },
  { name: "fragrance", category: "beauty", price: 30, weight: 0.25, noun: "eau de toilette" },
  { name: "books", category: "leisure", price: 12, weight: 0.42, noun: "novel" },
  { name: "games", category: "leisure", price: 22, weight: 0.33, noun: "board game" },
  { name: "garden", category: "leisure", price: 16, weight: 0.25, noun: "garden shears" },
];

/** Products per product type. */
export const productsPerType = 18;

const brands = [
  "Alder",
  "Brook",
  "Cirrus",
  "Dahl",
  "Ember",
  "Fjord",
  "Grove",
  "Halden",
  "Isar",
  "Juno",
  "Kestrel",
  "Lumen",
];
const lines = ["Basic", "Classic", "Plus", "Select", "Prime", "Studio"];

/** Returns the products of the demo shop, by type and ascending list price. */
export function demoProducts(seed: number): readonly Product[] {
  const random = createRandom(seed).fork("products");
  return demoProductTypes.flatMap((type, t) =>
    Array.from({ length: productsPerType }, (_, k): Product => {
      const brand = brands[integer(random, brands.length)];
      const range = lines[Math.floor((k * lines.length) / productsPerType)];
      const step = type.price * 16 ** (k / (productsPerType - 1) - 0.5);
      return {
        id: String(20_000 + 100 * t + k + 1),
        name: `${brand} ${range} ${type.noun}`,
        type: t,
        brand,
        cents: Math.max(10, Math.round(step * 10) * 10) - 1,
      };
    }),
  );
}
