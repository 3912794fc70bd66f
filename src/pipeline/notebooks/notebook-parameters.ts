import { nearest } from "../../errors.js";

/** A value that a notebook's parameter can be given from outside. */
export type ParameterValue = string | number | boolean | null;

/** The parts of a Jupyter notebook (nbformat 4) that parameters concern; the rest is kept as it is. */
export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly [key: string]: unknown;
}

/** A cell as notebook files have it. */
export interface NotebookCell {
  readonly cell_type: string;
  /** One text, or its lines with their ends. */
  readonly source: string | readonly string[];
  readonly metadata?: { readonly tags?: readonly string[]; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** A variable that the cell tagged `parameters` declares. */
export interface NotebookParameter {
  readonly name: string;
  /** The type as written in the cell, if it is. */
  readonly type?: string;
}

/** Returns the text of a cell. */
export function cellSource({ source }: NotebookCell): string {
  return typeof source === "string" ? source : source.join("");
}

/** Lists the variables declared at the start of lines of the cell tagged `parameters`; none without such a cell. */
export function notebookParameters(notebook: Notebook): NotebookParameter[] {
  const cell = notebook.cells.find((candidate) => hasTag(candidate, "parameters"));
  const declarations = cell
    ? cellSource(cell).matchAll(/^(?:var|let|const)\s+([\w$]+)\s*(?::\s*([^=;]+?)\s*)?=/gm)
    : [];
  return Array.from(declarations, ([, name, type]) => (type === undefined ? { name } : { name, type }));
}

/**
 * Copies a notebook and inserts a cell tagged `injected-parameters` after the one tagged `parameters`, which gives the
 * variables their new values. One that an earlier injection left is replaced. Without parameters nothing is injected.
 *
 * @throws {RangeError} If the notebook declares no parameter of one of the names.
 */
export function injectParameters(
  notebook: Notebook,
  parameters: Readonly<Record<string, ParameterValue>>,
  { name = "the notebook" }: { name?: string } = {},
): Notebook {
  const cells = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  if (Object.keys(parameters).length === 0) return { ...notebook, cells };
  const declared = notebookParameters(notebook);
  const lines = Object.entries(parameters).map(([parameter, value]) => {
    const declaration = declared.find((candidate) => candidate.name === parameter);
    if (!declaration) throw unknownParameter(parameter, declared, name);
    return assignment(declaration, value);
  });
  const position = cells.findIndex((cell) => hasTag(cell, "parameters")) + 1;
  const injected: NotebookCell = {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: lines.join("\n"),
  };
  return { ...notebook, cells: cells.toSpliced(position, 0, injected) };
}

/** `var`, which a later cell may repeat, with the type of the first declaration, so that a value does not narrow it. */
function assignment({ name, type }: NotebookParameter, value: ParameterValue): string {
  return `var ${name}${type === undefined ? "" : `: ${type}`} = ${literal(value)};`;
}

/** A value as TypeScript source. */
function literal(value: ParameterValue): string {
  if (typeof value !== "number") return JSON.stringify(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

function unknownParameter(parameter: string, declared: readonly NotebookParameter[], notebook: string): RangeError {
  const names = declared.map(({ name }) => name);
  const suggestion = nearest(parameter, names);
  const known = names.length > 0 ? `it has ${names.join(", ")}` : "it has none, a cell tagged parameters declares them";
  const hint = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
  return new RangeError(`Cannot set parameter "${parameter}" of ${notebook}: ${known}${hint}`);
}

function hasTag({ metadata }: NotebookCell, tag: string): boolean {
  return metadata?.tags?.includes(tag) ?? false;
}
