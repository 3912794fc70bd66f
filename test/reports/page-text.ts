import { JSDOM } from "jsdom";

/** The text of a page's header and content as a reader sees it, pictures and contents list aside. */
export function pageText(page: string): string {
  // Cells stand apart for the eye, not in textContent; a name that may break is still one name.
  const { document } = new JSDOM(
    page.replaceAll("<wbr>", "").replace(/<\/(?:td|th|p|li|d[dt]|h\d|summary|b|span)>/g, "$& "),
  ).window;
  for (const element of document.querySelectorAll("svg, nav, style, script, footer, button, head, .skip"))
    element.remove();
  return document.body.textContent.replace(/[\u2007\u2008]/g, "");
}

/** Every number as it is written, sorted. */
export function numbersIn(text: string): string[] {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).sort();
}
