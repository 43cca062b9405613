/** Which images could not be read, and when they are too many to go on. */
import { UserError } from "../../errors.ts";
import type { UnreadableImage } from "./image-probe.ts";

/** The share of images that may be unreadable unless more are allowed. */
export const MAX_UNREADABLE_SHARE = 0.1;

/** How many an error names. */
const NAMED = 5;

/** Remembers unreadable images by their numbers, each once. */
export class UnreadableImages {
  readonly #total: number;
  readonly #maxShare: number;
  readonly #onUnreadable: ((image: UnreadableImage) => void) | undefined;
  readonly #images = new Map<number, UnreadableImage>();

  /**
   * @param total how many images there are in all.
   * @param maxShare the share of them that may be unreadable, from 0 to 1.
   */
  constructor(total: number, maxShare: number, onUnreadable?: (image: UnreadableImage) => void) {
    if (!(maxShare >= 0 && maxShare <= 1)) {
      throw new UserError(`maxUnreadableShare must be a number from 0 to 1; ${maxShare} came`, { exitCode: 2 });
    }
    this.#total = total;
    this.#maxShare = maxShare;
    this.#onUnreadable = onUnreadable;
  }

  has(number: number): boolean {
    return this.#images.has(number);
  }

  add(number: number, image: UnreadableImage): void {
    if (this.has(number)) return;
    this.#images.set(number, image);
    this.#onUnreadable?.(image);
  }

  /** In the images' order. */
  list(): readonly UnreadableImage[] {
    return [...this.#images].toSorted(([a], [b]) => a - b).map(([, image]) => image);
  }

  /** @throws UserError when more images are unreadable than may be, or all are. */
  check(): void {
    const count = this.#images.size;
    if (count <= this.#maxShare * this.#total && count < this.#total) return;
    const named = this.list().slice(0, NAMED);
    const lines = named.map(({ entry, reason }) => `  ${entry.name}: ${reason}`);
    if (count > NAMED) lines.push(`  and ${count - NAMED} more`);
    const allowed =
      count === this.#total
        ? "at least one readable image is needed"
        : `at most ${percent(this.#maxShare)} may be; mend or remove them, or allow more with maxUnreadableShare ` +
          `(${Math.ceil((count / this.#total) * 100) / 100} would do for these)`;
    throw new UserError(
      `${count} of ${this.#total} images (${percent(count / this.#total)}) cannot be read, and ${allowed}:\n${lines.join("\n")}`,
    );
  }
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })} %`;
}
