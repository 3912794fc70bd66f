"use strict";

/** File in which tslab keeps the declarations of earlier cells. */
const earlierCells = "/__prev__.d.ts";

/**
 * Returns a transformer that expands `{ x }` to `{ x: exports.x }` if an earlier cell declared `x`, as tslab does for other
 * uses of the variable. It runs at emit, so diagnostics, completion and hover see the cell as written.
 */
function expandShorthand(compiler, checker) {
  const { factory } = compiler;

  function isEarlier(property) {
    const declarations = checker.getShorthandAssignmentValueSymbol(property)?.declarations ?? [];
    return declarations.some((declaration) => `/${declaration.getSourceFile().fileName}`.endsWith(earlierCells));
  }

  function expanded(property, visit) {
    const name = property.name.text;
    const variable = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name);
    const { objectAssignmentInitializer: fallback } = property;
    const value = fallback ? factory.createAssignment(variable, compiler.visitNode(fallback, visit)) : variable;
    return factory.createPropertyAssignment(name, value);
  }

  return (context) => (file) => {
    const visit = (node) =>
      compiler.isShorthandPropertyAssignment(node) && isEarlier(node)
        ? expanded(node, visit)
        : compiler.visitEachChild(node, visit, context);
    return compiler.visitNode(file, visit);
  };
}

module.exports = { expandShorthand };
