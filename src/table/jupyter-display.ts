/** One output in several forms; a front end shows the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** Options that the kernel passes to a display method. */
export interface DisplayOptions {
  /** True if a page is made from the notebook, which needs more than Jupyter's front ends; defaults to false. */
  readonly forPage?: boolean;
}

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * Returns a frozen copy that notebooks show as a bundle when it is a cell's last expression. It stays plain data: the
 * display method is not enumerable, so that JSON, spreading and comparison do not see it.
 */
export function withDisplay<T extends object>(
  value: T,
  bundle: (shown: T, options?: DisplayOptions) => MimeBundle | Promise<MimeBundle>,
): T {
  const result = { ...value };
  Object.defineProperty(result, DISPLAY, { value: (options?: DisplayOptions) => bundle(result, options) });
  return Object.freeze(result);
}
