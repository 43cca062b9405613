// Finds the modules that a source names by URL, as one does for a worker: `new URL("./worker.ts", import.meta.url)`.
import { parseSync, Visitor, type NewExpression } from "oxc-parser";

/** A string literal in a source: its value, and where it stands, quotes included. */
export interface Literal {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The first argument of every `new URL("…", import.meta.url)` in a TypeScript source, in its order. */
export function findUrlLiterals(file: string, source: string): Literal[] {
  const literals: Literal[] = [];
  const visitor = new Visitor({
    NewExpression(node) {
      const literal = urlLiteral(node);
      if (literal !== undefined) literals.push(literal);
    },
  });
  visitor.visit(parseSync(file, source).program);
  return literals.toSorted((a, b) => a.start - b.start);
}

function urlLiteral({ callee, arguments: [relative, base] }: NewExpression): Literal | undefined {
  if (callee.type !== "Identifier" || callee.name !== "URL") return undefined;
  if (relative?.type !== "Literal" || typeof relative.value !== "string") return undefined;
  if (base?.type !== "MemberExpression" || base.object.type !== "MetaProperty") return undefined;
  return { value: relative.value, start: relative.start, end: relative.end };
}
