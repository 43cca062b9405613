/** A few samples of each class, as where labels are dear. */
import { DatasetError, select } from "../../data/dataset.ts";
import { RandomStream } from "../../data/random-stream.ts";
import { isStreamed, selectStreamed } from "../../data/streamed-dataset.ts";
import type { AnyDataset } from "../../data/streamed-dataset.ts";
import { countClasses } from "../../models/samples.ts";

/**
 * So many samples of each class, drawn at random, in their order.
 *
 * @throws DatasetError when samples have no labels, or a class has fewer.
 * @example
 * const few = pickLabelled(fashion, 10, { seed: 1 }); // 100 samples
 */
export function pickLabelled(data: AnyDataset, perClass: number, { seed = 0 } = {}): AnyDataset {
  const { labels, name, classNames } = data;
  if (labels === undefined) throw new DatasetError(`${name} has no labels to pick samples by`);
  const order = Uint32Array.from({ length: data.count }, (_, index) => index);
  new RandomStream(seed).shuffle(order);
  const picked = Array.from({ length: countClasses(data) }, (_, label) => {
    const members = order.filter((number) => labels[number] === label).slice(0, perClass);
    if (members.length === perClass) return members;
    throw new DatasetError(
      `${name} has ${members.length} samples of class ${classNames?.[label] ?? label}, and ${perClass} of each were asked for`,
    );
  });
  const numbers = Uint32Array.from(picked.flatMap((members) => [...members])).toSorted();
  return isStreamed(data) ? selectStreamed(data, numbers) : select(data, numbers);
}
