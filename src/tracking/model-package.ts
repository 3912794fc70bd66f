import { requireArtifactPath } from "./client/artifacts.js";

/** A column as MLflow's signatures write it. Doubles may be missing, as NaN. */
export interface SignatureColumn {
  readonly name: string;
  readonly type: "double" | "long" | "string" | "boolean";
}

/** Columns that a model reads and returns; Python's `mlflow.pyfunc` refuses others. */
export interface ModelSignature {
  readonly inputs: readonly SignatureColumn[];
  /** Without a name where there is one, of no column. */
  readonly outputs: readonly (Pick<SignatureColumn, "type"> & Partial<SignatureColumn>)[];
}

/** A model as files in MLflow's format, whole but for what the server gives: ids. */
export interface ModelPackage {
  /** Relative path -> content. The files that every model has (`MLmodel`, requirements, example) are added. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** Flavor -> what it says of the files, as `MLmodel` has it. */
  readonly flavors: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  readonly signature: ModelSignature;
  /** A few rows to try the model with, by column. */
  readonly inputExample: Readonly<Record<string, ArrayLike<number>>>;
  /** Python packages with their versions, beside MLflow itself. */
  readonly requirements: readonly string[];
}

/** MLflow's release whose format is written, and the Python that the set-up installs it into. */
const MLFLOW = "3.17.2";
const PYTHON = "3.11";

/** Returns all files of a package except `MLmodel`. @throws {RangeError} If MLflow would refuse a path. */
export function packageFiles({ files, flavors, inputExample, requirements }: ModelPackage) {
  for (const path of Object.keys(files)) requireArtifactPath(path);
  const packages = [`mlflow==${MLFLOW}`, ...requirements];
  const names = Object.keys(inputExample);
  const nRows = names.length ? inputExample[names[0]].length : 0;
  const rows = Array.from({ length: nRows }, (_, i) =>
    // JSON has no NaN; pandas reads null as one.
    names.map((name) => (Number.isFinite(inputExample[name][i]) ? inputExample[name][i] : null)),
  );
  return {
    ...files,
    "requirements.txt": `${packages.join("\n")}\n`,
    "python_env.yaml": yaml({ python: PYTHON, build_dependencies: ["pip"], dependencies: ["-r requirements.txt"] }),
    ...("python_function" in flavors
      ? {
          "conda.yaml": yaml({
            name: "mlflow-env",
            channels: ["conda-forge"],
            dependencies: [`python=${PYTHON}`, "pip", { pip: packages }],
          }),
        }
      : {}),
    "input_example.json": JSON.stringify({ columns: names, data: rows }),
  };
}

/** Identity of a logged model on the server. */
export interface ModelIdentity {
  readonly modelId: string;
  readonly runId: string;
  readonly artifactUri: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** Returns the text of `MLmodel`. */
export function mlmodelText(
  { flavors, signature }: Pick<ModelPackage, "flavors" | "signature">,
  { modelId, runId, artifactUri, createdAt }: ModelIdentity,
): string {
  const environment = { env: { conda: "conda.yaml", virtualenv: "python_env.yaml" }, python_version: PYTHON };
  // A column must be there; its cells may be missing.
  const inputs = signature.inputs.map(({ name, type }) => ({ type, name, required: true }));
  return yaml({
    artifact_path: artifactUri,
    flavors: Object.fromEntries(
      Object.entries(flavors).map(([name, facts]) => [
        name,
        name === "python_function" ? { ...facts, ...environment } : facts,
      ]),
    ),
    mlflow_version: MLFLOW,
    model_id: modelId,
    model_uuid: modelId.replace(/^m-/, ""),
    run_id: runId,
    saved_input_example_info: {
      artifact_path: "input_example.json",
      pandas_orient: "split",
      type: "dataframe",
    },
    signature: { inputs: JSON.stringify(inputs), outputs: JSON.stringify(signature.outputs), params: null },
    utc_time_created: new Date(createdAt).toISOString().replace("T", " ").replace("Z", "000"),
  });
}

type Yaml = string | null | readonly Yaml[] | { readonly [key: string]: Yaml };

/** Formats nested mappings, lists and texts as YAML; texts are quoted as in JSON. */
function yaml(value: Yaml, indent = ""): string {
  if (value === null || typeof value === "string") return `${JSON.stringify(value)}\n`;
  const lines = Array.isArray(value)
    ? value.map((item) => `${indent}- ${nested(item, `${indent}  `)}`)
    : Object.entries(value).map(([key, item]) => `${indent}${key}: ${nested(item, `${indent}  `)}`);
  return lines.join("");
}

function nested(value: Yaml, indent: string): string {
  const text = yaml(value, indent);
  return value === null || typeof value === "string" ? text : `\n${text}`;
}
