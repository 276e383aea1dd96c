/// TypeScript up to version 6: the npm package is the compiler, and is asked directly.

/// A reader of `entries`, with `ts`, the module `typescript`.
export function openLibrary(ts, entries) {
  const program = ts.createProgram(entries, {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  });
  const checker = program.getTypeChecker();
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
  const modifiers = (declarations) =>
    (declarations ?? []).reduce(
      (flags, one) => flags | ts.getCombinedModifierFlags(one),
      0,
    );
  const mistake = ({ code, messageText, file, start }) => ({
    code,
    text: ts.flattenDiagnosticMessageText(messageText, " "),
    file: file?.fileName,
    line:
      file === undefined
        ? 0
        : file.getLineAndCharacterOfPosition(start).line + 1,
  });
  return {
    SymbolFlags: ts.SymbolFlags,
    TypeFlags: ts.TypeFlags,
    close() {},
    files: () => program.getSourceFiles().map((file) => file.fileName),
    syntaxMistakes: (file) =>
      program.getSyntacticDiagnostics(program.getSourceFile(file)).map(mistake),
    mistakes: (file) =>
      program.getSemanticDiagnostics(program.getSourceFile(file)).map(mistake),
    moduleOf: (file) =>
      checker.getSymbolAtLocation(program.getSourceFile(file)),
    exportsOf: (symbol) => checker.getExportsOfModule(symbol),
    target: (symbol) =>
      symbol.flags & ts.SymbolFlags.Alias
        ? checker.getAliasedSymbol(symbol)
        : symbol,
    keyOf: (symbol) => symbol,
    fileOf: (symbol) =>
      symbol.declarations?.[0]?.getSourceFile().fileName ?? "",
    placeOf: (symbol) => symbol.declarations?.[0]?.pos ?? 0,
    parentOf: (symbol) => symbol.parent,
    valueType: (symbol) => checker.getTypeOfSymbol(symbol),
    declaredType: (symbol) => checker.getDeclaredTypeOfSymbol(symbol),
    constructors: (type) =>
      checker
        .getSignaturesOfType(type, ts.SignatureKind.Construct)
        .filter(
          (one) =>
            one.declaration === undefined ||
            !(modifiers([one.declaration]) & hidden),
        ),
    calls: (type) => checker.getSignaturesOfType(type, ts.SignatureKind.Call),
    parameters: (signature) => signature.getParameters(),
    result: (signature) => checker.getReturnTypeOfSignature(signature),
    properties: (type) => checker.getPropertiesOfType(type),
    indexes: (type) => checker.getIndexInfosOfType(type).map((one) => one.type),
    isList: (type) => checker.isArrayType(type) || checker.isTupleType(type),
    elements: (type) => checker.getTypeArguments(type),
    parts: (type) => type.types ?? [],
    literalOf: (type) => type.value ?? type.intrinsicName,
    symbolOf: (type) => type.getSymbol(),
    aliasOf: (type) => type.aliasSymbol,
    isGeneric: (type) =>
      (type.aliasTypeArguments ?? type.typeArguments ?? []).length > 0,
    boundOf: (type) => checker.getBaseConstraintOfType(type),
    fits: (from, to) => checker.isTypeAssignableTo(from, to),
    textOf: (type) => checker.typeToString(type),
    // Without a checker, so that nothing is inherited: the other kind does not either.
    docOf: (symbol) =>
      ts.displayPartsToString(symbol.getDocumentationComment()),
    tagsOf: (symbol) =>
      symbol.getJsDocTags().map((tag) => ({
        name: tag.name,
        text: ts.displayPartsToString(tag.text),
      })),
    isHidden: (symbol) => (modifiers(symbol.declarations) & hidden) !== 0,
    isAbstract: (symbol) =>
      (modifiers(symbol.declarations) & ts.ModifierFlags.Abstract) !== 0,
    constantOf: (symbol) => checker.getConstantValue(symbol.valueDeclaration),
  };
}
