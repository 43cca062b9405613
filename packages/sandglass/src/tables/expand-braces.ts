/**
 * The patterns that a pattern with alternatives stands for: `{a,b}.csv` for `a.csv` and `b.csv`. Alternatives may be nested; braces without a
 * comma stand for themselves.
 */
export function expandBraces(pattern: string): readonly string[] {
  // Those without others inside come first.
  const [whole, inner] = /\{([^{}]*,[^{}]*)\}/u.exec(pattern) ?? [];
  if (whole === undefined || inner === undefined) return [pattern];
  const at = pattern.indexOf(whole);
  const behind = pattern.slice(at + whole.length);
  return inner.split(",").flatMap((one) => expandBraces(pattern.slice(0, at) + one + behind));
}
