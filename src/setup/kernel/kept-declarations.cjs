"use strict";

/**
 * Keeps what a failing cell had done before it failed: imports, types, and variables with a value. tslab forgets all of it.
 *
 * @param compiler Compiler of the cells.
 * @param converter Converter of tslab, which gets the declarations of earlier cells.
 */
function keepDeclarations(compiler, converter) {
  /** Declarations in place of those that tslab remembers, after a cell that failed. */
  let kept;
  let last;
  let values = {};

  const declared = (remembered) => kept ?? remembered;

  /** Notes the values before a cell runs. */
  function beginCell(locals) {
    values = { ...locals };
    last = undefined;
  }

  /** Decides what later cells see, once the cell has ended. */
  function endCell(locals, { succeeded, ran }) {
    if (last === undefined) return;
    if (succeeded) kept = undefined;
    else if (!ran) kept = last.before;
    else {
      const isSet = (name) => locals[name] !== undefined;
      kept = mergeDeclarations(compiler, { ...last, isSet });
      // A variable that the cell would have declared again has its earlier value.
      for (const [name, value] of Object.entries(values)) if (!isSet(name)) locals[name] = value;
    }
  }

  return {
    beginCell,
    endCell,
    converter: {
      ...converter,
      convert: (remembered, source) => {
        const before = declared(remembered);
        const converted = converter.convert(before, source);
        last = { before, after: converted.declOutput ?? before };
        return converted;
      },
      inspect: (remembered, ...rest) => converter.inspect(declared(remembered), ...rest),
      complete: (remembered, ...rest) => converter.complete(declared(remembered), ...rest),
    },
  };
}

/** Returns the declarations after a cell whose variables have a value, and those before it that these do not replace. */
function mergeDeclarations(compiler, { before, after, isSet }) {
  const parse = (text) => {
    const file = compiler.createSourceFile("cell.d.ts", text, compiler.ScriptTarget.Latest, false);
    return file.statements.map((statement) => ({ statement, text: statement.getText(file) }));
  };
  const now = parse(after).filter(({ statement }) => valueNames(compiler, statement).every(isSet));
  const names = new Set(
    now.flatMap(({ statement }) => [...valueNames(compiler, statement), ...typeNames(compiler, statement)]),
  );
  const texts = new Set(now.map(({ text }) => text));
  const earlier = parse(before).filter(({ statement, text }) => {
    const own = [...valueNames(compiler, statement), ...typeNames(compiler, statement)];
    return !texts.has(text) && own.length > 0 && !own.some((name) => names.has(name));
  });
  return [...earlier, ...now].map(({ text }) => text).join("\n");
}

/** Names of the variables, functions and classes that a statement declares. */
function valueNames(compiler, statement) {
  if (compiler.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.text);
  }
  const isValue =
    compiler.isFunctionDeclaration(statement) ||
    compiler.isClassDeclaration(statement) ||
    compiler.isEnumDeclaration(statement);
  return isValue && statement.name ? [statement.name.text] : [];
}

function typeNames(compiler, statement) {
  return compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement)
    ? [statement.name.text]
    : [];
}

module.exports = { keepDeclarations, mergeDeclarations };
