/// TypeScript from version 7 on: the compiler is a program of its own, and the npm package holds a client that asks it.
import path from "node:path";

/// A reader of `entries`, with `client`, the module `typescript/unstable/sync`.
export function openProgram(client, entries) {
  const { SymbolFlags, TypeFlags, ModifierFlags, SignatureKind } = client;
  const folder = path.dirname(entries[0]);
  // The compiler reads projects only. This one's file is in nobody's folder: it is handed over when it is asked for.
  const config = path.join(folder, "tsconfig.depotc-sync.json");
  const compilerOptions = {
    module: "node16",
    moduleResolution: "node16",
    target: "es2022",
    lib: ["es2022"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  };
  const text = JSON.stringify({ compilerOptions, files: entries });
  const api = new client.API({
    cwd: folder,
    fs: {
      fileExists: (name) => (name === config ? true : undefined),
      readFile: (name) => (name === config ? text : undefined),
    },
  });
  const project = api
    .updateSnapshot({ openProjects: [config] })
    .getProject(config);
  const { program, checker } = project;
  const hidden = ModifierFlags.Private | ModifierFlags.Protected;
  const modifiers = (handles) =>
    (handles ?? []).reduce(
      (flags, one) => flags | (one.resolve(project)?.modifierFlags ?? 0),
      0,
    );
  const lineOf = (file, offset) =>
    program.getSourceFile(file)?.text.slice(0, offset).split("\n").length ?? 0;
  const mistake = ({ code, text: message, fileName, pos }) => ({
    code,
    text: message,
    file: fileName,
    line: fileName === undefined ? 0 : lineOf(fileName, pos),
  });
  return {
    SymbolFlags,
    TypeFlags,
    close: () => api.close(),
    files: () => [...program.getSourceFileNames()],
    syntaxMistakes: (file) =>
      program.getSyntacticDiagnostics(file).map(mistake),
    mistakes: (file) => program.getSemanticDiagnostics(file).map(mistake),
    moduleOf: (file) =>
      checker.getSymbolAtLocation(program.getSourceFile(file)),
    exportsOf: (symbol) => checker.getExportsOfModule(symbol),
    target: (symbol) =>
      symbol.flags & SymbolFlags.Alias
        ? checker.getAliasedSymbol(symbol)
        : symbol,
    keyOf: (symbol) => `symbol ${symbol.id}`,
    fileOf: (symbol) => symbol.declarations[0]?.path ?? "",
    placeOf: (symbol) => symbol.declarations[0]?.index ?? 0,
    parentOf: (symbol) => symbol.getParent(),
    valueType: (symbol) => checker.getTypeOfSymbol(symbol),
    declaredType: (symbol) => checker.getDeclaredTypeOfSymbol(symbol),
    constructors: (type) =>
      checker
        .getSignaturesOfType(type, SignatureKind.Construct)
        .filter(
          (one) =>
            one.declaration === undefined ||
            !(modifiers([one.declaration]) & hidden),
        ),
    calls: (type) => checker.getSignaturesOfType(type, SignatureKind.Call),
    parameters: (signature) => signature.getParameters(),
    result: (signature) => checker.getReturnTypeOfSignature(signature),
    properties: (type) => checker.getPropertiesOfType(type),
    indexes: (type) =>
      checker.getIndexInfosOfType(type).map((one) => one.valueType),
    isList: (type) => checker.isArrayType(type) || checker.isTupleType(type),
    elements: (type) => checker.getTypeArguments(type),
    parts: (type) => type.getTypes() ?? [],
    literalOf: (type) => type.value ?? type.intrinsicName,
    symbolOf: (type) => type.getSymbol(),
    aliasOf: (type) => type.getAliasSymbol(),
    isGeneric: (type) =>
      type.getAliasTypeArguments().length > 0 ||
      (type.isTypeReference() && checker.getTypeArguments(type).length > 0),
    boundOf: (type) => checker.getBaseConstraintOfType(type),
    fits: (from, to) => checker.isTypeAssignableTo(from, to),
    textOf: (type) => checker.typeToString(type),
    docOf: (symbol) => symbol.getDocumentationComment(checker),
    tagsOf: (symbol) =>
      symbol
        .getJsDocTags(checker)
        .map((tag) => ({ name: tag.name, text: tag.text ?? "" })),
    isHidden: (symbol) => (modifiers(symbol.declarations) & hidden) !== 0,
    isAbstract: (symbol) =>
      (modifiers(symbol.declarations) & ModifierFlags.Abstract) !== 0,
    constantOf: (symbol) =>
      checker.getConstantValue(symbol.valueDeclaration.resolve(project)),
  };
}
