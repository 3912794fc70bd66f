import { cssVariables, FONT_STACK } from "../charts/index.js";

/** Style of a contents list, which a wide page shows at its side. */
export const CONTENTS_STYLE = `
.contents{font-size:14px;margin-top:18px}
.contents summary{cursor:pointer;font-weight:650;color:var(--soft)}
.contents ol{list-style:none;margin:8px 0 0;padding:0}
.contents a{display:block;padding:4px 0 4px 12px;border-left:2px solid var(--line);color:var(--soft);text-decoration:none;line-height:1.35}
.contents .deeper a{padding-left:26px;font-size:13px}
.contents a:hover{color:var(--ink)}.contents a[aria-current]{border-color:var(--accent);color:var(--ink);font-weight:600}
`.trim();

/** Style of figures. */
export const FIGURE_STYLE = `
figure{margin:18px 0;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 20px 14px}
figcaption{margin:0 0 12px}figcaption b{display:block;font-size:16px;line-height:1.35}figcaption span{display:block;color:var(--soft);font-size:13.5px;line-height:1.5;max-width:84ch}
figure svg{display:block;width:100%;height:auto}figure svg text{font-variant-numeric:tabular-nums}
.narrow{display:none}
figure .after{color:var(--soft);font-size:13.5px;margin:10px 0 0}
`.trim();

/** The stylesheet of every page: light, dark, phone and paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;${cssVariables("light")}}
@media screen{:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark;${cssVariables("dark")}}}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${cssVariables("dark")}}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:20px;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.6 ${FONT_STACK};overflow-wrap:break-word}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.skip{position:absolute;left:-999px;top:8px;background:var(--card);padding:8px 14px;z-index:2}.skip:focus{left:8px}
.page{max-width:1140px;margin:0 auto;padding:36px 24px 80px}
.top{display:flex;justify-content:space-between;align-items:flex-end;gap:20px 32px;border-bottom:2px solid var(--ink);padding-bottom:16px}
h1{font-size:32px;line-height:1.15;margin:0;letter-spacing:-.015em;text-wrap:balance;max-width:22ch}
.meta{color:var(--soft);font-size:13.5px;line-height:1.55;text-align:right}.meta p{margin:0}
button{font:inherit;color:var(--accent);background:var(--card);border:1px solid var(--line);border-radius:7px;cursor:pointer;padding:3px 12px}
button:hover{border-color:var(--accent)}
#theme{font-size:13px;margin-top:6px}
.body{display:grid;grid-template-columns:minmax(0,1fr);gap:0 44px}
main{min-width:0;max-width:820px}
${CONTENTS_STYLE}
h2{font-size:23px;line-height:1.25;margin:56px 0 6px;letter-spacing:-.01em;text-wrap:balance}
h3{font-size:17.5px;line-height:1.3;margin:36px 0 4px}
.lead{font-size:19.5px;line-height:1.52;margin:24px 0 8px;max-width:60ch}.lead p{margin:0 0 12px}.lead strong{color:var(--accent)}
.sub{color:var(--soft);font-size:15px;max-width:66ch;margin:0 0 14px}.sub p{margin:0}
.prose{max-width:68ch}.prose p{margin:10px 0}.prose ul{padding-left:20px;margin:10px 0}.prose li{margin:4px 0}
.note,.warning{max-width:68ch;border-left:4px solid var(--accent);background:var(--card);border-radius:0 8px 8px 0;padding:10px 16px;margin:16px 0}.warning{border-color:var(--warn)}.note p,.warning p{margin:4px 0}
.note ul,.warning ul{margin:4px 0;padding-left:18px}
data{white-space:nowrap;font-variant-numeric:tabular-nums}
code{font:0.9em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;white-space:pre-wrap}
.kpis{display:grid;grid-template-columns:repeat(3,1fr);gap:14px;margin:22px 0}
.kpi{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px}
.kpi dt{color:var(--soft);font-size:13.5px;line-height:1.4}.kpi dd{margin:0;font-size:29px;font-weight:700;line-height:1.2;letter-spacing:-.01em}
.kpi dd.small{font-size:13px;font-weight:400;color:var(--soft);letter-spacing:0;line-height:1.4;margin-top:4px}
.kpi{display:flex;flex-direction:column}.kpi dt{order:1}.kpi dd.small{order:2}
${FIGURE_STYLE}
details.data{margin-top:12px;font-size:13.5px}details.data summary{cursor:pointer;color:var(--accent);width:fit-content}
details.data .scroll{max-height:420px;margin:8px 0 0}
.scroll{container-type:inline-size;overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:12px;margin:16px 0 8px}
table{border-collapse:separate;border-spacing:0;width:100%;font-size:14px;font-variant-numeric:tabular-nums lining-nums}
caption{max-width:100cqi;position:sticky;left:0;text-align:left;font-weight:650;font-size:15px;padding:14px 16px 6px;color:var(--ink)}
figure caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th,td{padding:8px 12px;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child{padding-left:16px}
.n{text-align:right}td.n,td.t{white-space:nowrap}td:has(code){min-width:13ch}td code{overflow-wrap:anywhere}.dense table{font-size:12.5px}.dense thead th{font-size:12px}.dense th,.dense td{padding:7px 8px}
thead th{color:var(--soft);font-weight:600;font-size:12.5px;line-height:1.3;vertical-align:bottom;background:var(--card);position:sticky;top:0}
thead button{all:unset;cursor:pointer;font:inherit;border-bottom:1px dotted currentColor}thead button:focus-visible{outline:3px solid var(--accent)}
[aria-sort] button{color:var(--ink)}[aria-sort] button::after{position:absolute;margin-left:2px}[aria-sort=ascending] button::after{content:"↑"}[aria-sort=descending] button::after{content:"↓"}
tbody th{font-weight:600;min-width:9em}tbody tr:last-child>*{border-bottom:0}tbody th code{font-weight:600}
tbody tr:hover>*{background:color-mix(in srgb,var(--line) 28%,var(--card))}
tfoot>tr>*{border-top:2px solid var(--line);border-bottom:0;font-weight:700}
th:first-child{position:sticky;left:0;background:var(--card);z-index:1}
.after-table{color:var(--soft);font-size:13.5px;margin:0 0 8px;max-width:72ch}.after-table p{margin:4px 0}
.download{font-size:13px;margin:0 0 10px}
.dot{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:8px}
.pass{color:var(--good);font-weight:650}.fail{color:var(--warn);font-weight:700}
dl.terms{display:grid;grid-template-columns:minmax(8em,max-content) 1fr;gap:6px 20px;margin:14px 0;font-size:15px}dl.terms dt{font-weight:650}dl.terms dd{margin:0;color:var(--soft)}
footer{margin-top:56px;border-top:1px solid var(--line);padding-top:12px;color:var(--soft);font-size:13px;max-width:820px}
@media screen and (min-width:1080px){.body{grid-template-columns:218px minmax(0,1fr)}.contents{position:sticky;top:20px;align-self:start;max-height:calc(100vh - 40px);overflow:auto;margin-top:28px}}
@media screen and (max-width:760px){
.page{padding:22px 14px 60px}.top{flex-direction:column;align-items:flex-start}.meta{text-align:left}h1{font-size:27px}h2{font-size:21px;margin-top:44px}.lead{font-size:18px}
figure{padding:14px 10px 12px}figcaption,details.data{padding:0 4px}.wide{display:none}.narrow{display:block}
.kpis{grid-template-columns:1fr 1fr;gap:10px}.kpi{padding:12px 14px}.kpi dd{font-size:24px}.kpi dd.small{font-size:12.5px}
th,td{padding:7px 9px}th:first-child,td:first-child{padding-left:12px;max-width:42vw}dl.terms{grid-template-columns:1fr;gap:2px}dl.terms dd{margin-bottom:8px}}
@media print{
@page{size:A4;margin:15mm 14mm}
html{font-size:10pt}body{background:#fff;font-size:10pt;line-height:1.45}.page{max-width:none;padding:0}main,footer{max-width:none}
.contents,.skip,#theme,.download,.narrow,details.data.long{display:none!important}
.scroll,details.data .scroll{overflow:visible;max-height:none}
table,.dense table{font-size:7.6pt}thead th,.dense thead th{font-size:7.2pt;position:static}.dense th,.dense td{padding:3px 5px}th:first-child{position:static}th,td{padding:3px 6px}tbody th{min-width:0}.many table{font-size:5.6pt}.many th,.many td{padding:2px 2.5px}.many thead th{font-size:5.6pt}
thead{display:table-header-group}tr,.kpi,.note,.warning{break-inside:avoid}figure{break-inside:avoid;padding:10px 12px}figure:has(details[open]){break-inside:auto}figcaption,figure>div{break-inside:avoid}figcaption{break-after:avoid}
h2,h3,.sub{break-after:avoid}h2{margin-top:26px;font-size:15pt}h3{font-size:12pt;margin-top:16px}.lead{font-size:12.5pt}
.kpis{grid-template-columns:repeat(3,1fr)}.kpi dd{font-size:16pt}
a{color:inherit}main a[href^=http]::after{content:" (" attr(href) ")";font-size:.85em}}
`;
