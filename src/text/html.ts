/** HTML source known to be safe; made by {@link html}. */
export class Html {
  readonly source: string;
  private constructor(source: string) {
    this.source = source;
  }
  /** Declares source safe. Search for this word to review every place that does. */
  static unsafe(source: string): Html {
    return new Html(source);
  }
  toString(): string {
    return this.source;
  }
}

/**
 * Builds HTML from a template literal. Every interpolated value is escaped unless it is {@link Html}; arrays are
 * joined; null, undefined and false write nothing.
 *
 * @example
 * html`<b>${"a < b"}</b>`.source; // "<b>a &#60; b</b>"
 */
export function html(strings: TemplateStringsArray, ...values: unknown[]): Html {
  return Html.unsafe(strings.reduce((out, part, i) => out + write(values[i - 1]) + part));
}

function write(value: unknown): string {
  if (value == null || value === false) return "";
  if (Array.isArray(value)) return value.map(write).join("");
  return value instanceof Html ? value.source : String(value).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
