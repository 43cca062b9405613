/** 1 for each label of a class, else 0: what figures of one class against others are made of. */
export function isOfClass(labels: ArrayLike<number>, index: number): Uint8Array {
  return Uint8Array.from(labels, (label) => (label === index ? 1 : 0));
}
