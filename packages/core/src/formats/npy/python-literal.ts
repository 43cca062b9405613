/**
 * Python's notation of plain values, in which NumPy writes the head of a file: `{'descr': '<f4', 'shape': (3, 4), }`. Nothing is
 * evaluated: what is no such value is refused.
 *
 * Source: The Python Language Reference, 6.2 (literals and displays).
 */
import { NpyError } from "./npy-error.ts";

/** Tuples and lists are both arrays. */
export type PythonValue = string | number | boolean | null | readonly PythonValue[] | ReadonlyMap<string, PythonValue>;

/** Structured types nest, and never like this. */
const MAX_DEPTH = 32;

const WORDS: ReadonlyMap<string, PythonValue> = new Map([
  ["True", true],
  ["False", false],
  ["None", null],
]);

/**
 * The value that a text stands for.
 *
 * @throws NpyError when it is anything but texts, whole numbers, True, False, None, and tuples, lists and dictionaries of these.
 */
export function parsePythonLiteral(text: string): PythonValue {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class LiteralReader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): PythonValue {
    if (depth > MAX_DEPTH) throw new NpyError(`the head of the file is nested over ${MAX_DEPTH} deep; it is damaged`);
    if (this.#takes("{")) return this.#dictionary(depth);
    if (this.#takes("[")) return this.#items("]", depth).values;
    if (this.#takes("(")) return this.#tuple(depth);
    return this.#quoted() ?? this.#number() ?? this.#word();
  }

  end(): void {
    this.#match(/\s*/uy);
    if (this.#position < this.#text.length) this.#fail("the end of the head");
  }

  #dictionary(depth: number): ReadonlyMap<string, PythonValue> {
    const entries = new Map<string, PythonValue>();
    while (!this.#takes("}")) {
      const key = this.#quoted() ?? this.#fail("a name in quotes");
      if (!this.#takes(":")) this.#fail('":"');
      if (entries.has(key)) throw new NpyError(`the head of the file has "${key}" twice; it is damaged`);
      entries.set(key, this.value(depth + 1));
      if (!this.#takes(",") && !this.#isAt("}")) this.#fail('"," or "}"');
    }
    return entries;
  }

  /** What stands in parentheses: `(3)` is a number, and `(3,)` a tuple. */
  #tuple(depth: number): PythonValue {
    const { values, endsInComma } = this.#items(")", depth);
    const [first] = values;
    return values.length === 1 && !endsInComma && first !== undefined ? first : values;
  }

  #items(close: string, depth: number): { readonly values: readonly PythonValue[]; readonly endsInComma: boolean } {
    const values: PythonValue[] = [];
    let endsInComma = false;
    while (!this.#takes(close)) {
      values.push(this.value(depth + 1));
      endsInComma = this.#takes(",");
      if (!endsInComma && !this.#isAt(close)) this.#fail(`"," or "${close}"`);
    }
    return { values, endsInComma };
  }

  #quoted(): string | undefined {
    const text = this.#match(/\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/uy)?.trim();
    return text?.slice(1, -1).replaceAll(/\\(.)/gu, "$1");
  }

  /** Whole numbers; Python 2 wrote an L behind long ones. */
  #number(): number | undefined {
    const text = this.#match(/\s*-?\d{1,20}L?(?![\w.])/uy);
    return text === undefined ? undefined : Number.parseInt(text, 10);
  }

  #word(): PythonValue {
    const value = WORDS.get(this.#match(/\s*(?:True|False|None)\b/uy)?.trim() ?? "");
    return value === undefined ? this.#fail("a text, a number, a tuple, a list or a dictionary") : value;
  }

  #takes(sign: string): boolean {
    if (!this.#isAt(sign)) return false;
    this.#position++;
    return true;
  }

  #isAt(sign: string): boolean {
    this.#match(/\s*/uy);
    return this.#text[this.#position] === sign;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const text = pattern.exec(this.#text)?.[0];
    this.#position += text?.length ?? 0;
    return text;
  }

  #fail(expected: string): never {
    const there = JSON.stringify(this.#text.slice(this.#position, this.#position + 20));
    throw new NpyError(
      `the head of the file has ${there} where ${expected} was expected; the file is damaged, or no array of NumPy's`,
    );
  }
}
