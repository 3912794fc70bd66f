"use strict";

/**
 * Returns a `getQuickInfoAtPosition` that, where there is nothing to explain at the cursor, explains the call around it:
 * signature, current argument, documentation.
 *
 * @param programOf Returns the program that a source file belongs to.
 */
function explainCalls(compiler, programOf) {
  const original = compiler.getQuickInfoAtPosition;
  return (file, checker, token, position) =>
    original(file, checker, token, position) ?? callAround(compiler, programOf(file), { file, token, position });
}

/** Returns the call around a position in the shape of quick info; undefined outside of calls. */
function callAround(compiler, program, { file, token, position }) {
  const reason = { kind: "invoked" };
  const help = program && compiler.SignatureHelp.getSignatureHelpItems(program, file, position, reason, token);
  if (!help) return undefined;
  // The compiler may select one with fewer parameters while an argument is still missing.
  const fitting = [help.items[help.selectedItemIndex], ...help.items].find((one) => parameterAt(one, help));
  const item = fitting ?? help.items[help.selectedItemIndex];
  const others = help.items.filter((other) => other !== item).map((other) => `\nor ${signatureOf(other)}`);
  const lines = [signatureOf(item), ...others, ...argumentLine(item, help)];
  return {
    kind: "",
    kindModifiers: "",
    textSpan: { ...help.applicableSpan },
    displayParts: [{ kind: "text", text: lines.join("") }],
    documentation: item.documentation,
    tags: item.tags,
  };
}

function signatureOf({ prefixDisplayParts, parameters, separatorDisplayParts, suffixDisplayParts }) {
  const listed = parameters.map(({ displayParts }) => textOf(displayParts)).join(textOf(separatorDisplayParts));
  return textOf(prefixDisplayParts) + listed + textOf(suffixDisplayParts);
}

/** Returns the parameter at the cursor; of a rest parameter, for any argument from it on. */
function parameterAt({ parameters, isVariadic }, { argumentIndex }) {
  return parameters[isVariadic ? Math.min(argumentIndex, parameters.length - 1) : argumentIndex];
}

/** Describes the parameter at the cursor. */
function argumentLine(item, help) {
  const parameter = parameterAt(item, help);
  if (!parameter) return [];
  const documentation = textOf(parameter.documentation);
  return [
    `\n\nArgument ${help.argumentIndex + 1}: ${textOf(parameter.displayParts)}`,
    documentation && `\n  ${documentation}`,
  ];
}

function textOf(parts = []) {
  return parts.map(({ text }) => text).join("");
}

module.exports = { explainCalls };
