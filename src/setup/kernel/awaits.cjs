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
    if (body === undefined) return body;
    const statements = compiler.isBlock(body) ? body.statements : [factory.createReturnStatement(body)];
    return factory.createBlock([declaration(), ...statements], true);
  }

  function isAsync(node) {
    return node.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.AsyncKeyword) ?? false;
  }

  /** The function with the signal of its work; undefined for other nodes. */
  function ofFunction(node) {
    const { modifiers, asteriskToken, typeParameters, parameters, type } = node;
    const body = () => withSignal(node.body);
    if (compiler.isArrowFunction(node)) {
      const { equalsGreaterThanToken } = node;
      return factory.updateArrowFunction(
        node,
        modifiers,
        typeParameters,
        parameters,
        type,
        equalsGreaterThanToken,
        body(),
      );
    }
    if (compiler.isFunctionDeclaration(node)) {
      return factory.updateFunctionDeclaration(
        node,
        modifiers,
        asteriskToken,
        node.name,
        typeParameters,
        parameters,
        type,
        body(),
      );
    }
    if (compiler.isFunctionExpression(node)) {
      return factory.updateFunctionExpression(
        node,
        modifiers,
        asteriskToken,
        node.name,
        typeParameters,
        parameters,
        type,
        body(),
      );
    }
    if (compiler.isMethodDeclaration(node)) {
      const { name: own, questionToken } = node;
      return factory.updateMethodDeclaration(
        node,
        modifiers,
        asteriskToken,
        own,
        questionToken,
        typeParameters,
        parameters,
        type,
        body(),
      );
    }
    return undefined;
  }

  return (context) => (file) => {
    const visitIn = (signal) => (node) => {
      const own = compiler.isFunctionLike(node) && isAsync(node);
      const inner = compiler.visitEachChild(node, visitIn(own ? names.signal : signal), context);
      if (own) return ofFunction(inner) ?? inner;
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
