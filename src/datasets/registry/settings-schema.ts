import { Type } from "typebox";
import { calendarDay } from "../../schema/index.js";
import { SEGMENT_NAMES } from "../../text/index.js";
import { sourceContract } from "../import/contract.js";
import { defaultSettings, SEGMENT_CONDITIONS } from "./settings.js";

const closed = { additionalProperties: false };
const { strategy } = defaultSettings;

const Cost = (otherwise: number) => Type.Number({ minimum: 0, expected: "a number, at least 0", default: otherwise });
const Share = (keywords: object = {}) =>
  Type.Number({ minimum: 0, maximum: 1, expected: "a share in [0, 1]", ...keywords });
/** Days that a date can be moved by without leaving the calendar: a hundred years. */
const MAX_DAYS = 36_500;
const Days = (keywords: object = {}) =>
  Type.Integer({ minimum: 1, maximum: MAX_DAYS, expected: `a whole number from 1 to ${MAX_DAYS}`, ...keywords });
const Words = <const W extends string>(words: readonly W[]) => Type.Unsafe<W>(Type.Enum([...words]));

/** Tables of cleaning rules; orders and their lines are one table, `lines`. */
export const ruleTables = [
  "lines",
  ...Object.keys(sourceContract).filter((name) => name !== "orders" && name !== "order_lines"),
];

const CleaningRule = Type.Object(
  {
    name: Type.String(),
    table: Type.Optional(Words(ruleTables)),
    where: Type.String(),
    action: Words(["drop", "return", "set"]),
    set: Type.Optional(Type.Record(Type.String(), Type.String({ expected: "SQL" }), { minProperties: 1 })),
    reason: Type.String(),
  },
  closed,
);

const Conditions = Type.Object(
  Object.fromEntries(
    SEGMENT_CONDITIONS.map((name) => [
      name,
      Type.Optional(Type.Number({ minimum: 0, expected: "a number, at least 0" })),
    ]),
  ),
  closed,
);

/** Schema of the settings of a dataset, with their defaults. */
export const settingsSchema = Type.Object(
  {
    currency: Type.String({ pattern: "^[A-Z]{3}$", expected: "three letters such as EUR", default: "EUR" }),
    locale: Type.String({ expected: "a language tag such as en-GB", default: "en-GB" }),
    timezone: Type.String({ expected: "an IANA time zone", default: "UTC" }),
    default_as_of: Type.Optional(calendarDay()),
    label_horizons: Type.Optional(
      Type.Array(Days(), { minItems: 1, uniqueItems: true, expected: "a list of different whole numbers of days" }),
    ),
    order_span_days: Days({ default: defaultSettings.order_span_days }),
    categories: Type.Array(Type.String(), { expected: "a list of names", default: [] }),
    protected: Type.Array(Type.String(), { expected: "a list of columns", default: [...defaultSettings.protected] }),
    strategy: Type.Object(
      {
        horizon_days: Days({ default: strategy.horizon_days }),
        contact_cost: Cost(strategy.contact_cost),
        incentive: Cost(strategy.incentive),
        margin: Share({ default: strategy.margin }),
        save_rate: Type.Object(
          { low: Share(), mid: Share(), high: Share() },
          {
            ...closed,
            default: strategy.save_rate,
            expected: "low, mid and high, increasing shares in [0, 1]",
          },
        ),
        redeem_rate: Share({ default: strategy.redeem_rate }),
        cost_fp: Cost(strategy.cost_fp),
        cost_fn: Cost(strategy.cost_fn),
      },
      { ...closed, default: {} },
    ),
    segments: Type.Optional(
      Type.Object(
        {
          rules: Type.Optional(Words(["standard", "strict", "fitted"])),
          thresholds: Type.Optional(
            Type.Object(Object.fromEntries(SEGMENT_NAMES.map((name) => [name, Type.Optional(Conditions)])), closed),
          ),
        },
        closed,
      ),
    ),
    cleaning: Type.Array(CleaningRule, { expected: "a list of rules", default: [...defaultSettings.cleaning] }),
  },
  closed,
);
