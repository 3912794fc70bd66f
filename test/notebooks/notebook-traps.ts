import ts from "@tslab/typescript-for-tslab";
import { cellSource, type Notebook, notebookParameters } from "../../src/pipeline/notebooks/notebook-parameters.js";

/** More code than this belongs in a function of src. */
const maxCodeLines = 10;
const newMethods = new Set(["toSorted", "toReversed", "toSpliced", "findLast", "findLastIndex"]);
const newFunctions = new Set(["Object.groupBy", "Map.groupBy", "Array.fromAsync", "Promise.withResolvers"]);

/**
 * What is wrong with a notebook that is to be committed, a line each: what the kernel cannot run or runs otherwise than
 * it reads, cells that are too long, outputs, a missing parameters cell.
 */
export function notebookTraps(notebook: Notebook): string[] {
  const traps: string[] = [];
  const { kernelspec } = (notebook["metadata"] ?? {}) as { kernelspec?: { name?: string; language?: string } };
  if (kernelspec?.name !== "tslab" || kernelspec.language !== "typescript") traps.push("the kernelspec is not tslab");
  if (notebookParameters(notebook).length === 0) traps.push("no cell tagged parameters declares variables");

  const earlier = new Set<string>();
  notebook.cells.forEach((cell, i) => {
    if (cell.cell_type !== "code") return;
    const source = cellSource(cell);
    const report = (trap: string) => traps.push(`cell ${i + 1}: ${trap}`);
    if ((cell["outputs"] as unknown[] | undefined)?.length || cell["execution_count"]) report("it has outputs");
    const lines = source.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//")).length;
    if (lines > maxCodeLines) report(`${lines} lines of code, at most ${maxCodeLines} are allowed`);
    const declared = codeTraps(source, earlier, report);
    for (const name of declared) earlier.add(name);
  });
  return traps;
}

/** Reports the traps in the code of one cell and returns the names that it declares for later cells. */
function codeTraps(source: string, earlier: ReadonlySet<string>, report: (trap: string) => void): string[] {
  const file = ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);
  const local = boundNames(file);
  const isEarlier = (name: string) => earlier.has(name) && !local.has(name);
  // This parser is older than the keyword.
  if (/^\s*(?:await\s+)?using\s+[\w$]+\s*=/m.test(source)) report("`using`");

  const visit = (node: ts.Node, inFunction: boolean): void => {
    // Outside a function the kernel's compiler takes `await` for a name.
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "await") {
      report("`await (…)` is read as a call; give the promise a name");
    }
    if (ts.isForOfStatement(node) && node.awaitModifier && !inFunction) report("`for await` outside a function");
    if (isAssignment(node) && ts.isIdentifier(node.left) && isEarlier(node.left.text)) {
      report(`\`${node.left.text}\` of an earlier cell is assigned; functions of that cell do not see it`);
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const { name, expression } = node.expression;
      if (newMethods.has(name.text) || newFunctions.has(`${expression.getText()}.${name.text}`)) {
        report(`\`${name.text}\` is newer than ES2022`);
      }
    }
    if (ts.isImportDeclaration(node) && /^["']\.{0,2}\//.test(node.moduleSpecifier.getText())) {
      report(`${node.moduleSpecifier.getText()} is imported by path; import our package by name`);
    }
    if (ts.isMetaProperty(node)) report("`import.meta`");
    if (ts.isIdentifier(node) && /^__(?:dir|file)name$/.test(node.text)) report(`\`${node.text}\``);
    if (node.kind === ts.SyntaxKind.ExportKeyword) report("`export`");
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
  };
  visit(file, false);
  return file.statements.flatMap(declaredNames);
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Every name that anything in the cell binds: what is bound here does not come from an earlier cell. */
function boundNames(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const binds =
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node) ||
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isImportSpecifier(node);
    if (binds && node.name && ts.isIdentifier(node.name)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

/** The names that a statement of a cell declares for the cells after it. */
function declaredNames(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesOf(name));
  if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name) {
    return [statement.name.text];
  }
  if (!ts.isImportDeclaration(statement)) return [];
  const { name, namedBindings } = statement.importClause ?? {};
  const named =
    namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements : namedBindings ? [namedBindings] : [];
  return [...(name ? [name.text] : []), ...named.map((binding) => binding.name.text)];
}

function namesOf(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesOf(element.name) : []));
}
