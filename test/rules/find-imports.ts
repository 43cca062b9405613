// Every way in which a module names another one, read from its syntax tree.
import { parseSync, Visitor, type Expression } from "oxc-parser";
import { findUrlLiterals } from "../browser/url-literals.ts";
import type { SourceFile } from "./source-file.ts";

export interface Import {
  /** What stands between the quotes; `undefined` where it is computed. */
  readonly specifier: string | undefined;
  readonly line: number;
}

/**
 * The imports of a module in the order of its source: static and dynamic ones, of types and in types (`import("…").Name`),
 * re-exports, `require`, and modules named by URL, which is how workers are started.
 * @throws when the source is not valid TypeScript
 */
export function findImports({ path, text }: SourceFile): Import[] {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path} cannot be parsed: ${error.message}`);

  const found = findUrlLiterals(path, text).map(({ value, start }) => ({
    specifier: value as string | undefined,
    start,
  }));
  const add = (source: Expression): void => {
    found.push({ specifier: constantString(source), start: source.start });
  };
  const visitor = new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration({ source }) {
      if (source !== null) add(source);
    },
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
    TSExternalModuleReference: ({ expression }) => add(expression),
    CallExpression({ callee, arguments: [argument] }) {
      const isRequire = callee.type === "Identifier" && callee.name === "require";
      if (isRequire && argument !== undefined && argument.type !== "SpreadElement") add(argument);
    },
  });
  visitor.visit(program);
  return found
    .toSorted((a, b) => a.start - b.start)
    .map(({ specifier, start }) => ({ specifier, line: text.slice(0, start).split("\n").length }));
}

function constantString(expression: Expression): string | undefined {
  if (expression.type === "Literal" && typeof expression.value === "string") return expression.value;
  if (expression.type === "TemplateLiteral" && expression.expressions.length === 0) {
    return expression.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}
