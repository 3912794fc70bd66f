import { requireKnownOptions } from "../../errors.js";
import { calendarDay, parseJson, type Static, Type } from "../../schema/index.js";
import type { SegmentationModel } from "./segmentation-model.js";

const closed = { additionalProperties: false } as const;
const Limit = Type.Optional(Type.Number());
const Positive = Type.Number({ exclusiveMinimum: 0 });

const Header = { kind: Type.Literal("segmentation"), version: Type.Literal(1) };

/** Schema of the file of a segmentation. Its keys are in snake_case, those of scaler and rules as in code. */
export const SegmentationModelFile = Type.Object(
  {
    ...Header,
    dataset: Type.String({ minLength: 1, expected: "the name of a dataset" }),
    as_of: calendarDay(),
    min_orders: Type.Integer({ minimum: 1 }),
    scaler: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          transform: Type.Enum(["log1p", "none"]),
          mean: Type.Number(),
          standardDeviation: Positive,
          weight: Positive,
        },
        closed,
      ),
    ),
    centroids: Type.Array(Type.Array(Type.Number())),
    names: Type.Array(Type.String()),
    rules: Type.Array(
      Type.Object(
        {
          name: Type.String(),
          recencyBelow: Limit,
          recencyAtMost: Limit,
          recencyAbove: Limit,
          ordersAbove: Limit,
          ordersBelow: Limit,
          ordersAtLeast: Limit,
          orderValueAbove: Limit,
        },
        closed,
      ),
      { minItems: 1, expected: "a list of at least one rule" },
    ),
    rules_as_of: Type.Optional(calendarDay()),
    // JSON has no NaN.
    metrics: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Null()])),
  },
  closed,
);

export type SegmentationModelFile = Static<typeof SegmentationModelFile>;

/**
 * Parses the JSON of a segmentation.
 *
 * @param options.action For the error; defaults to "read the segmentation".
 * @throws {SyntaxError} If it is not JSON or not a segmentation of this version, or a part does not fit.
 */
export function parseSegmentationModel(text: string, options: { readonly action?: string } = {}): SegmentationModel {
  requireKnownOptions("read a segmentation", options, { action: true });
  const { action = "read the segmentation" } = options;
  // Another file altogether is to be called that, not a segmentation with unknown keys.
  parseJson(Type.Object(Header), text, { action });
  return decodeSegmentationModel(parseJson(SegmentationModelFile, text, { action }), action);
}

/** Returns the content of the file of a segmentation. */
export function encodeSegmentationModel({
  dataset,
  asOf,
  minOrders,
  scaler,
  centroids,
  names,
  rules,
  rulesAsOf,
  metrics,
}: SegmentationModel): object {
  return {
    ...{ kind: "segmentation", version: 1, dataset, as_of: asOf, min_orders: minOrders },
    ...{ scaler, centroids, names, rules },
    ...(rulesAsOf === undefined ? {} : { rules_as_of: rulesAsOf }),
    metrics,
  };
}

/**
 * Returns the segmentation of the content of a file.
 *
 * @param action For the error, such as "read the segmentation".
 * @throws {SyntaxError} If the centroids do not match the names or the features.
 */
export function decodeSegmentationModel(
  { kind, version, as_of, min_orders, rules_as_of, metrics, ...rest }: SegmentationModelFile,
  action: string,
): SegmentationModel {
  const { scaler, centroids, names } = rest;
  if (centroids.length !== names.length) {
    throw new SyntaxError(
      `Cannot ${action}: "centroids" has ${centroids.length} rows; expected ${names.length}, one per name`,
    );
  }
  const odd = centroids.findIndex((row) => row.length !== scaler.length);
  if (odd >= 0) {
    throw new SyntaxError(
      `Cannot ${action}: "centroids[${odd}]" has ${centroids[odd].length} numbers; expected ${scaler.length}, one per feature`,
    );
  }
  return {
    ...rest,
    asOf: as_of,
    minOrders: min_orders,
    ...(rules_as_of === undefined ? {} : { rulesAsOf: rules_as_of }),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value ?? Number.NaN])),
  };
}
