/**
 * Makes data harmless in Markdown: nothing in it is read as markup or as HTML.
 *
 * @example
 * escapeMarkdown("a|b <i>"); // "a\\|b \\<i\\>"
 */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#~&]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}
