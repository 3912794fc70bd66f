import { cssVariables, FONT_STACK } from "../charts/index.js";
import { CONTENTS_SCRIPT } from "./page-script.js";
import { CONTENTS_STYLE, FIGURE_STYLE } from "./page-style.js";

/** Script of an executed notebook's page; it reads without it. */
export const NOTEBOOK_PAGE_SCRIPT = `(() => {${CONTENTS_SCRIPT}})();`;

/**
 * Style of an executed notebook's page, after that of Jupyter: contents list, light and dark, phone and paper. Jupyter's
 * colours are set to those of reports.
 */
export const NOTEBOOK_PAGE_STYLE = `
:root{color-scheme:light dark;${cssVariables("light")}}
@media screen and (prefers-color-scheme:dark){:root{${cssVariables("dark")};--jp-mirror-editor-operator-color:#c792ff}}
:root{--jp-layout-color0:var(--page);--jp-layout-color1:var(--page);--jp-layout-color2:var(--card);--jp-cell-editor-background:var(--card);--jp-cell-editor-border-color:var(--line);--jp-border-color1:var(--line);--jp-border-color2:var(--line);--jp-content-font-color0:var(--ink);--jp-content-font-color1:var(--ink);--jp-ui-font-color1:var(--ink);--jp-content-link-color:var(--accent);--jp-content-font-family:${FONT_STACK};--jp-ui-font-family:${FONT_STACK};--jp-content-font-size1:15.5px;--jp-code-font-size:13px;--jp-cell-prompt-width:84px;--jp-cell-prompt-opacity:1;--jp-cell-prompt-not-active-opacity:1;--jp-cell-prompt-not-active-font-color:var(--soft);--jp-cell-inprompt-font-color:var(--soft);--jp-cell-outprompt-font-color:var(--soft)}
@media screen{:root{--jp-rendermime-error-background:color-mix(in srgb,var(--warn) 14%,var(--card))}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:20px;-webkit-text-size-adjust:100%}
body.jp-Notebook{display:grid;grid-template-columns:minmax(0,1fr);gap:0 36px;max-width:1180px;margin:0 auto;padding:28px 24px 80px;background:var(--page);color:var(--ink);overflow:visible;overflow-wrap:break-word}
main{min-width:0;max-width:920px}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999px;top:8px;background:var(--card);color:var(--accent);padding:8px 14px;z-index:2}.skip:focus{left:8px}
${CONTENTS_STYLE}
.contents{font-family:${FONT_STACK};line-height:1.5}
.jp-Cell{padding:4px 0}.jp-Cell-inputArea,.jp-OutputArea-child{min-width:0}
.jp-RenderedMarkdown{max-width:70ch;padding:0}
.jp-MarkdownCell .jp-InputPrompt{display:none}
.jp-RenderedHTMLCommon :is(h1,h2,h3){letter-spacing:-.01em;line-height:1.25;text-wrap:balance;font-weight:700;color:var(--ink)}
.jp-RenderedHTMLCommon h1{font-size:30px;margin:0 0 12px}.jp-RenderedHTMLCommon h2{font-size:22px;margin:40px 0 8px}.jp-RenderedHTMLCommon h3{font-size:17.5px;margin:28px 0 6px}
.jp-RenderedHTMLCommon :is(a,a:visited){color:var(--accent);text-decoration:underline}
.jp-RenderedHTMLCommon code{background:var(--masked);color:inherit;overflow-wrap:anywhere}
.jp-InputArea-editor{border-radius:8px}
.jp-InputArea-editor .highlight{background:none}
.jp-InputArea-editor .highlight pre,.jp-RenderedText pre{white-space:pre-wrap;overflow-wrap:anywhere;overflow:visible}
.jp-OutputArea-output{min-width:0;max-width:100%;overflow:visible}
.jp-OutputArea-output.jp-RenderedHTML{padding:4px 6px;overflow-x:auto}
.jp-RenderedHTMLCommon table{margin-left:0;color:var(--ink)}
.jp-RenderedHTMLCommon :is(tbody tr,tbody tr:nth-child(even)){background:var(--page)}.jp-RenderedHTMLCommon tbody tr:nth-child(odd){background:var(--card)}
.rekindle-table button{font:inherit}.rekindle-table .pages button{color:var(--accent);background:var(--card);border:1px solid var(--line);border-radius:7px;padding:3px 12px;cursor:pointer}.rekindle-table .pages button:disabled{color:var(--soft);cursor:default}
.jp-RenderedSVG img,.jp-RenderedImage img{max-width:100%;height:auto}
@media screen and (prefers-color-scheme:dark){.jp-RenderedSVG img,.jp-RenderedImage img{background:#fff;border-radius:8px;padding:8px}}
${FIGURE_STYLE}
.jp-OutputArea figure{margin:8px 0;font-family:${FONT_STACK}}
@media screen and (min-width:1080px){body.jp-Notebook{grid-template-columns:218px minmax(0,1fr)}.contents{position:sticky;top:20px;align-self:start;max-height:calc(100vh - 40px);overflow:auto}}
@media screen and (max-width:760px){
body.jp-Notebook{padding:18px 14px 60px}.jp-InputPrompt,.jp-OutputPrompt{display:none}
.jp-RenderedHTMLCommon h1{font-size:25px}.jp-RenderedHTMLCommon h2{font-size:20px;margin-top:32px}
figure{padding:14px 10px 12px}figcaption,figure .after{padding:0 4px}.wide{display:none}.narrow{display:block}
.jp-OutputArea-output.jp-RenderedHTML{padding:4px 0}}
@media print{@page{size:A4;margin:15mm 14mm}body.jp-Notebook{display:block;max-width:none;padding:0;background:#fff}main{max-width:none}.contents,.skip,.narrow{display:none}figure{break-inside:avoid}.jp-RenderedHTMLCommon :is(h2,h3){break-after:avoid}}
`;
