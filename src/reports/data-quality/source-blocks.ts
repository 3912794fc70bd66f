import { type Conventions, numberTexts } from "../../table/index.js";
import type { Block } from "../report.js";
import { sourceWarningInWords } from "../wording/source-warnings.js";
import { code, count, date } from "./formats.js";
import type { SourceSummary } from "./input.js";

export function sourceBlocks(files: readonly SourceSummary[], conventions: Conventions): Block[] {
  const texts = numberTexts(conventions);
  const warnings = files.flatMap(({ file, warnings: noticed = [] }) =>
    noticed.map((warning) => ({ file, text: sourceWarningInWords(warning, texts) })),
  );
  return [
    {
      type: "heading",
      level: 2,
      text: "Imported files",
      lead: { markdown: "The fingerprint identifies the version of a file." },
    },
    {
      type: "table",
      caption: "Source files",
      columns: [
        { name: "File" },
        { name: "Fills table" },
        { name: "Rows", format: count },
        { name: "Columns", format: count },
        { name: "First day", format: date },
        { name: "Last day", format: date },
        { name: "Encoding" },
        { name: "sha256", format: code },
      ],
      rows: files.map(({ file, table, rows, columns, firstDate, lastDate, encoding, sha256 }) => [
        file,
        table,
        rows,
        columns,
        firstDate ?? null,
        lastDate ?? null,
        encoding ?? null,
        sha256.slice(0, 12),
      ]),
    },
    ...(warnings.length
      ? [
          {
            type: "prose",
            style: "note",
            markdown: `Notes of the import:\n\n${warnings.map((_, i) => `- {{file${i}}}: {{text${i}}}`).join("\n")}`,
            values: Object.fromEntries(
              warnings.flatMap(({ file, text }, i) => [
                [`file${i}`, { value: file, format: code }],
                [`text${i}`, { value: text }],
              ]),
            ),
          } as const,
        ]
      : []),
  ];
}
