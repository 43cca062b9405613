/** The first few of many names, for messages: `a, b, c, …`. */
export function someNames(names: readonly string[], most = 3): string {
  return names.slice(0, most).join(", ") + (names.length > most ? ", …" : "");
}
