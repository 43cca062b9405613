/** `1 image`, `2 images`; a plural that is not made by an s is given. As the core's `counted`, with which all of the core would come into threads that decode. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
}
