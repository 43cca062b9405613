/** How many images of a set may be unreadable, and what is said when there are more. */
import { UserError } from "../../errors.ts";
import type { UnreadableImage } from "./image-probe.ts";

/** The share of images that may be unreadable unless more are allowed. */
const MAX_UNREADABLE_SHARE = 0.1;

/** How many an error names. */
const NAMED = 5;

/**
 * Counts the unreadable images of a set. Parts of one set share it, so that two bad files among a hundred are few, though both lie in a small part.
 *
 * @example
 * const limit = new UnreadableLimit(training.length + validation.length, 0.2);
 * const parts = [await openImages(training, plan, { limit }), await openImages(validation, plan, { limit })];
 */
export class UnreadableLimit {
  readonly #total: number;
  readonly #maxShare: number;
  readonly #images: UnreadableImage[] = [];

  /**
   * @param total how many images there are in all.
   * @param maxShare the share of them that may be unreadable, from 0 to 1; 0.1 unless given.
   * @throws UserError when the share is none.
   */
  constructor(total: number, maxShare: number = MAX_UNREADABLE_SHARE) {
    if (!(maxShare >= 0 && maxShare <= 1)) {
      throw new UserError(`maxUnreadableShare must be a number from 0 to 1; ${maxShare} came`, { exitCode: 2 });
    }
    this.#total = total;
    this.#maxShare = maxShare;
  }

  add(image: UnreadableImage): void {
    this.#images.push(image);
  }

  /** @throws UserError when more images are unreadable than may be. */
  check(): void {
    const count = this.#images.length;
    if (count <= this.#maxShare * this.#total) return;
    throw tooMany(
      this.#images,
      this.#total,
      `at most ${percent(this.#maxShare)} may be; mend or remove them, or allow more with --unreadable ` +
        `${Math.ceil((count / this.#total) * 100) / 100} (in code: maxUnreadableShare)`,
    );
  }
}

/** The error of too many unreadable images. */
export function tooMany(images: readonly UnreadableImage[], total: number, allowed: string): UserError {
  const sorted = images.toSorted((a, b) => (a.entry.name < b.entry.name ? -1 : 1));
  const lines = sorted.slice(0, NAMED).map(({ entry, reason }) => `  ${entry.name}: ${reason}`);
  if (sorted.length > NAMED) lines.push(`  and ${sorted.length - NAMED} more`);
  return new UserError(
    `${images.length} of ${total} images (${percent(images.length / total)}) cannot be read, and ${allowed}:\n${lines.join("\n")}`,
  );
}

function percent(share: number): string {
  return `${(share * 100).toLocaleString("en-US", { maximumFractionDigits: 1 })} %`;
}
