import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanDataset } from "../../src/cleaning/index.js";
import { readMappingFile, resolveDataset, sourceContract } from "../../src/datasets/index.js";
import { useBench } from "./support.js";

const path = resolve(import.meta.dirname, "../../docs/data-mapping.md");
const text = readFileSync(path, "utf8");
const examples = text
  .split(/^### Example: /m)
  .slice(1)
  .map((section) => {
    const blocks = [...section.matchAll(/```(csv|json) (\S+)\n([\s\S]*?)```/g)];
    const result = /Gives (\d+) orders worth ([\d.]+)\./.exec(section);
    return {
      title: section.slice(0, section.indexOf("\n")),
      blocks,
      orders: Number(result?.[1]),
      revenue: Number(result?.[2]),
    };
  });

describe("docs/data-mapping.md", () => {
  const bench = useBench();

  it("has examples of both forms", () => {
    expect(examples.map(({ title }) => title)).toEqual(["order lines", "one amount per order", "several files"]);
  });

  for (const { title, blocks, orders, revenue } of examples) {
    it(`has an example on ${title} that gives what it says`, async () => {
      const files = blocks
        .filter(([, language]) => language === "csv")
        .map(([, , name, content]) => bench.write(`${title}/${name}`, content));
      const from = files.length === 1 ? files[0] : dirname(files[0]);
      const mapping = JSON.parse(blocks.find(([, language]) => language === "json")?.[3] ?? "") as unknown;
      await bench.add({ from, mapping });
      const { provenance, rawFolder, processedFolder } = await resolveDataset(bench.workspace, "shop");
      const report = await cleanDataset(bench.engine, provenance, { rawFolder, folder: processedFolder });
      expect(report).toMatchObject({ orders, revenue });
    });
  }

  it("lists the tables and columns of the contract", () => {
    const rows = Object.entries(sourceContract).map(([table, { columns }]) => {
      const names = Object.entries(columns).map(([name, { required }]) => (required ? `**${name}**` : name));
      return `| \`${table}\` | ${names.join(", ")} |`;
    });
    const listed = /<!-- tables -->\n([\s\S]*?)\n<!-- \/tables -->/.exec(text)?.[1].split("\n").slice(2);
    expect(listed).toEqual(rows);
  });

  it("links to a mapping file that can be read", async () => {
    const [, link] = /\]\((examples\/[^)]+\.json)\)/.exec(text) ?? [];
    const file = await readMappingFile(resolve(dirname(path), link));
    expect(Object.keys(file.mapping)).toEqual(["orders", "customers", "products", "promotions", "contacts"]);
  });
});
