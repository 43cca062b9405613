/** Which images of a data set could not be read. */
import type { UnreadableImage } from "./image-probe.ts";
import { tooMany, type UnreadableLimit } from "./unreadable-limit.ts";

/** Remembers unreadable images by their numbers, each once. */
export class UnreadableImages {
  readonly #total: number;
  readonly #limit: UnreadableLimit;
  readonly #onUnreadable: ((image: UnreadableImage) => void) | undefined;
  readonly #images = new Map<number, UnreadableImage>();

  /**
   * @param total how many images the data set has.
   * @param limit of the set that it is all or a part of.
   */
  constructor(total: number, limit: UnreadableLimit, onUnreadable?: (image: UnreadableImage) => void) {
    this.#total = total;
    this.#limit = limit;
    this.#onUnreadable = onUnreadable;
  }

  has(number: number): boolean {
    return this.#images.has(number);
  }

  add(number: number, image: UnreadableImage): void {
    if (this.has(number)) return;
    this.#images.set(number, image);
    this.#limit.add(image);
    this.#onUnreadable?.(image);
  }

  /** In the images' order. */
  list(): readonly UnreadableImage[] {
    return [...this.#images].toSorted(([a], [b]) => a - b).map(([, image]) => image);
  }

  /** @throws UserError when more images are unreadable than may be, or all are. */
  check(): void {
    if (this.#images.size === this.#total)
      throw tooMany(this.list(), this.#total, "at least one readable image is needed");
    this.#limit.check();
  }
}
