interface Window {
  /** What a page under test hands back, or a promise of it: anything that JSON can carry. */
  result: unknown;
}
