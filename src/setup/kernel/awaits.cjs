"use strict";

const { names } = require("./interruption.cjs");

/**
 * Returns a transformer that lets every `await` of a cell stop with an error once the work was interrupted: that of the
 * function that awaits, from when it was called, or of the cell. Async context would tell the cell too, but Node.js 20 ends
 * if code is stopped while it is tracked.
 */
function guardAwaits(compiler) {
  const { factory } = compiler;
  const name = (text) => factory.createIdentifier(text);
  const call = (text, ...values) => factory.createCallExpression(name(text), undefined, values);

  /** `const signal = signalOf();` */
  function declaration() {
    const variable = factory.createVariableDeclaration(names.signal, undefined, undefined, call(names.signalOf));
    return factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList([variable], compiler.NodeFlags.Const),
    );
  }

  function withSignal(body) {
    const statements = compiler.isBlock(body) ? body.statements : [factory.createReturnStatement(body)];
    return factory.createBlock([declaration(), ...statements], true);
  }

  function isAsync(node) {
    return node.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.AsyncKeyword) ?? false;
  }

  return (context) => (file) => {
    const visitIn = (signal) => (node) => {
      if (compiler.isFunctionLike(node) && isAsync(node)) {
        const visit = visitIn(names.signal);
        const part = (child) => (child === node.body ? withSignal(visit(child)) : visit(child));
        return compiler.visitEachChild(node, part, context);
      }
      const inner = compiler.visitEachChild(node, visitIn(signal), context);
      if (compiler.isAwaitExpression(inner)) {
        return factory.updateAwaitExpression(inner, call(names.awaited, name(signal), inner.expression));
      }
      if (compiler.isForOfStatement(inner) && inner.awaitModifier) {
        const { awaitModifier, initializer, expression, statement } = inner;
        const each = call(names.awaitedEach, name(signal), expression);
        return factory.updateForOfStatement(inner, awaitModifier, initializer, each, statement);
      }
      return inner;
    };
    return compiler.visitNode(file, visitIn(names.cellSignal));
  };
}

module.exports = { guardAwaits };
