import { Marked, type Tokens } from "marked";
import { type Conventions, type FormattedValue, formatValue } from "../table/index.js";
import { Html, html } from "../text/index.js";
import { namedValue, type Prose } from "./report.js";

/**
 * Renders Markdown as safe HTML: raw HTML is shown as text, links go to the web or within the page, images are their
 * alt text.
 */
export function proseHtml(prose: Prose, conventions: Conventions, { inline = false } = {}): Html {
  const marked = new Marked({
    gfm: true,
    extensions: [
      {
        name: "value",
        level: "inline",
        start: (source) => source.indexOf("{{"),
        tokenizer(source) {
          const match = /^\{\{(\w+)\}\}/.exec(source);
          return match ? { type: "value", raw: match[0], name: match[1] } : undefined;
        },
        renderer: (token) => valueHtml(namedValue(prose, String(token["name"])), conventions).source,
      },
    ],
    renderer: {
      html: ({ text }: Tokens.HTML | Tokens.Tag) => html`${text}`.source,
      image: ({ text }: Tokens.Image) => html`${text}`.source,
      link({ href, tokens }: Tokens.Link) {
        const content = Html.unsafe(this.parser.parseInline(tokens));
        return isSafe(href) ? html`<a href="${href}">${content}</a>`.source : content.source;
      },
    },
  });
  const source = inline ? marked.parseInline(prose.markdown) : marked.parse(prose.markdown);
  return Html.unsafe(source as string);
}

/** Renders a formatted value that carries the raw one and does not break over lines. */
export function valueHtml({ value, format }: FormattedValue, conventions: Conventions): Html {
  const text = formatValue(value, format, conventions);
  if (format?.kind === "code") return html`<code>${text}</code>`;
  return typeof value === "number" ? html`<data value="${value}">${text}</data>` : html`${text}`;
}

function isSafe(href: string): boolean {
  return /^(https?:\/\/|#)/i.test(href);
}
