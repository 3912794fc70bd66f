import { requireKnownOptions } from "../errors.js";
import { fitValue, VALUE_LIMITS, type Warn } from "./client/limits.js";
import type { DatasetInput } from "./run-record.js";
import type { TrackedDataset } from "./tracker.js";

/**
 * Converts a dataset to MLflow's form: digest of 32 digits, the whole sha256 and the context as tags, the schema as a
 * list of columns. A schema or profile longer than MLflow keeps is left out with a notice.
 *
 * @throws {RangeError} If the digest is not a sha256.
 */
export function toDatasetInput(dataset: TrackedDataset, { warn }: { warn: Warn }): DatasetInput {
  requireKnownOptions("log a dataset", dataset, {
    name: true,
    digestSha256: true,
    source: true,
    context: true,
    schema: true,
    profile: true,
  });
  const { name, digestSha256, source, context, schema, profile } = dataset;
  if (!/^[0-9a-f]{64}$/.test(digestSha256)) {
    throw new RangeError(
      `Cannot log dataset "${name}": its digest is "${digestSha256}"; expected the 64 hex digits of a sha256`,
    );
  }
  const cut = (what: string, value: string, limit: number) =>
    fitValue(`The ${what} of dataset "${name.slice(0, 40)}"`, value, { limit, warn });
  const whole = (what: "schema" | "profile", value: object | undefined, limit: number) => {
    if (value === undefined) return {};
    const text = JSON.stringify(value);
    if (text.length <= limit) return { [what]: text };
    warn(
      `The ${what} of dataset "${name}" was omitted: it has ${text.length} characters, the limit of MLflow is ${limit}`,
    );
    return {};
  };
  const columns = schema?.map(({ name, type, required = true }) => ({ type, name, required }));
  return {
    name: cut("name", name, VALUE_LIMITS.datasetName),
    digest: digestSha256.slice(0, 32),
    sourceType: /^https?:/.test(source) ? "http" : "local",
    source: JSON.stringify(
      /^https?:/.test(source) ? { url: source } : { uri: cut("source", source, VALUE_LIMITS.datasetSource - 100) },
    ),
    ...whole("schema", columns && { mlflow_colspec: columns }, VALUE_LIMITS.datasetSchema),
    ...whole("profile", profile, VALUE_LIMITS.datasetProfile),
    tags: { "mlflow.data.context": context, sha256: digestSha256 },
  };
}
