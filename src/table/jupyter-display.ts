/** One output in several forms; a front end shows the richest it knows. */
export type MimeBundle = Readonly<Record<string, unknown>>;

const DISPLAY = Symbol.for("Jupyter.display");

/**
 * Returns a frozen copy that notebooks show as a bundle when it is a cell's last expression. It stays plain data: the
 * display method is not enumerable, so that JSON, spreading and comparison do not see it.
 */
export function withDisplay<T extends object>(value: T, bundle: (shown: T) => MimeBundle | Promise<MimeBundle>): T {
  const result = { ...value };
  Object.defineProperty(result, DISPLAY, { value: () => bundle(result) });
  return Object.freeze(result);
}
