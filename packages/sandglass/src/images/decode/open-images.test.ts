import { isStreamed, readSamples, type Dataset, type StreamedDataset } from "@sandglass/core";
import { expect, test, onTestFinished } from "vitest";
import { UserError } from "../../errors.ts";
import { findImages, type ImageEntry } from "../find/index.ts";
import { writeZip } from "../find/testing/write-zip.ts";
import {
  decodeImage,
  openImages,
  UnreadableLimit,
  type ImagePlan,
  type OpenedImages,
  type OpenImagesOptions,
} from "./index.ts";
import { imageFolders, noisy, picture, type ImageFiles } from "./testing/image-files.ts";

const newFolder = imageFolders();
const plan = { height: 12, width: 10, channels: 3, fit: "cover", depth: 8 } as const satisfies ImagePlan;

/** JPEGs of two classes, none like another; those of these numbers are cut off in their middle. */
async function writeNoisy(folder: ImageFiles, count: number, truncated: readonly number[] = []): Promise<ImageEntry[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, number) => {
      const bytes = await noisy(40, 30, number).jpeg().toBuffer();
      const name = `${number < count / 2 ? "Füchse" : "Hasen"}/${String(number).padStart(3, "0")}.jpg`;
      return folder.write(name, truncated.includes(number) ? bytes.subarray(0, bytes.length / 2) : bytes);
    }),
  );
}

function withoutClass({ name, location, bytes }: ImageEntry): ImageEntry {
  return { name, location, bytes };
}

async function openStream(
  entries: readonly ImageEntry[],
  options: OpenImagesOptions = {},
  streamPlan: ImagePlan = plan,
): Promise<OpenedImages & { readonly data: StreamedDataset }> {
  const opened = await openImages(entries, streamPlan, { ...options, cacheBytes: 0 });
  onTestFinished(opened.close);
  if (!isStreamed(opened.data)) throw new Error("expected a stream");
  return { ...opened, data: opened.data };
}

async function openCached(
  entries: readonly ImageEntry[],
  options: OpenImagesOptions = {},
  cachedPlan: ImagePlan = plan,
): Promise<OpenedImages & { readonly data: Dataset }> {
  const opened = await openImages(entries, cachedPlan, options);
  if (isStreamed(opened.data)) throw new Error("expected images in memory");
  return { ...opened, data: opened.data };
}

test("small sets are in memory, with labels and names of classes", async () => {
  const entries = await writeNoisy(newFolder(), 6);
  const heard: string[] = [];
  const { data, entries: kept } = await openCached(entries, {
    name: "animals",
    onProgress: (done, total) => heard.push(`${done}/${total}`),
  });
  expect(data).toMatchObject({
    name: "animals",
    shape: [12, 10, 3],
    count: 6,
    scale: 1 / 255,
    classNames: ["Füchse", "Hasen"],
  });
  expect(data.labels).toEqual(Uint8Array.of(0, 0, 0, 1, 1, 1));
  expect(kept).toEqual(entries);
  expect(heard).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  const size = 12 * 10 * 3;
  for (const [number, entry] of entries.entries()) {
    expect(data.values.subarray(number * size, (number + 1) * size)).toEqual(await decodeImage(entry, plan));
  }
  const counted = await openCached(entries, { classNames: ["Dachse", "Füchse", "Hasen"] });
  expect(counted.data.labels).toEqual(Uint8Array.of(1, 1, 1, 2, 2, 2));
  await expect(openImages(entries, plan, { classNames: ["Füchse"] })).rejects.toThrow(
    /Hasen\/003\.jpg is of the class Hasen/u,
  );
});

test("what is streamed is bit for bit what is in memory, in any order", async () => {
  const entries = await writeNoisy(newFolder(), 20);
  const cached = await openCached(entries);
  const stream = await openStream(entries);
  expect(stream.data).toMatchObject({
    dtype: "uint8",
    count: 20,
    scale: 1 / 255,
    shape: [12, 10, 3],
    classNames: ["Füchse", "Hasen"],
  });
  expect(stream.data.labels).toEqual(cached.data.labels);
  expect((await readSamples(stream.data)).values).toEqual(cached.data.values);

  const size = 12 * 10 * 3;
  const orders = [Uint32Array.of(7, 3, 3, 19, 0), Uint32Array.of(5), Uint32Array.of(2, 2, 2)];
  const reads = await Promise.all(orders.map((order) => stream.data.read(order)));
  for (const [index, order] of orders.entries()) {
    const expected = Array.from(order, (number) => [
      ...cached.data.values.subarray(number * size, (number + 1) * size),
    ]);
    expect([...(reads[index] as Uint8Array)]).toEqual(expected.flat());
  }
  await expect(stream.data.read(Uint32Array.of(1, 20))).rejects.toThrow(/samples 0 to 19; sample 20 was asked for/u);
});

test("16 bits are streamed as floats", async () => {
  const entry = newFolder().write(
    "deep.png",
    await picture(4, 3, 1, (x, y) => x * 17 + y)
      .toColourspace("grey16")
      .png()
      .toBuffer(),
  );
  const deep: ImagePlan = { height: 3, width: 4, channels: 1, fit: "cover", depth: 16 };
  const cached = await openCached([entry, entry], {}, deep);
  const stream = await openStream([entry, entry], {}, deep);
  expect(stream.data).toMatchObject({ dtype: "float32", scale: 1 / 65_535 });
  const values = await stream.data.read(Uint32Array.of(0, 1));
  expect(values).toBeInstanceOf(Float32Array);
  expect(values).toEqual(cached.data.values);
});

test("more than 256 classes have labels of 16 bits", async () => {
  const bytes = await noisy(4, 4, 0).png().toBuffer();
  const folder = newFolder();
  const entries = Array.from({ length: 300 }, (_, number) => folder.write(`class ${1000 + number}/a.png`, bytes));
  const { data } = await openStream(entries);
  expect(data.labels).toEqual(Uint16Array.from({ length: 300 }, (_, number) => number));
  expect(data.classNames).toHaveLength(300);
});

test("unreadable images in memory are left out, named and counted", async () => {
  const entries = await writeNoisy(newFolder(), 20, [3, 15]);
  const heard: string[] = [];
  const {
    data,
    unreadable,
    entries: kept,
  } = await openCached(entries, { onUnreadable: ({ entry }) => heard.push(entry.name) });
  expect(heard.toSorted()).toEqual(["Füchse/003.jpg", "Hasen/015.jpg"]);
  expect(unreadable()).toEqual([
    { entry: entries[3], reason: expect.stringMatching(/^truncated or damaged JPEG/u) },
    { entry: entries[15], reason: expect.stringMatching(/^truncated or damaged JPEG/u) },
  ]);
  const readable = entries.filter((_, number) => number !== 3 && number !== 15);
  expect(kept).toEqual(readable);
  expect(data.count).toBe(18);
  expect(data.labels).toEqual(Uint8Array.from({ length: 18 }, (_, number) => (number < 9 ? 0 : 1)));
  expect(data.values).toEqual((await openCached(readable)).data.values);
});

test("more than a tenth unreadable is an error that says which, and how to go on", async () => {
  const entries = await writeNoisy(newFolder(), 20, [1, 2, 3, 4, 5, 6, 7]);
  const opening = openImages(entries, plan);
  await expect(opening).rejects.toThrow(UserError);
  await expect(opening).rejects.toThrow(
    /^7 of 20 images \(35 %\) cannot be read, and at most 10 % may be; mend or remove them, or allow more with --unreadable 0\.35 \(in code: maxUnreadableShare\):\n {2}Füchse\/001\.jpg: truncated or damaged JPEG.*\n(?:.*\n){4} {2}and 2 more$/u,
  );
  const { data } = await openCached(entries, { maxUnreadableShare: 0.35 });
  expect(data.count).toBe(13);
  await expect(openImages(entries, plan, { maxUnreadableShare: 35 })).rejects.toThrow(/a number from 0 to 1; 35 came/u);
  await expect(openImages(entries.slice(1, 3), plan, { maxUnreadableShare: 1 })).rejects.toThrow(
    /2 of 2 images .* at least one readable/u,
  );
  await expect(openImages([], plan)).rejects.toThrow(/has no images/u);
});

test("parts of a set share the limit of unreadable images", async () => {
  const entries = await writeNoisy(newFolder(), 20, [17, 18]);
  const [training, validation] = [entries.slice(0, 16), entries.slice(16)];
  // Two of four are many, and two of twenty are not.
  await expect(openImages(validation, plan)).rejects.toThrow(/^2 of 4 images \(50 %\)/u);
  const limit = new UnreadableLimit(20);
  await openImages(training, plan, { limit });
  expect((await openCached(validation, { limit })).data.count).toBe(2);
  const [more] = await writeNoisy(newFolder(), 1, [0]);
  await expect(openImages([...training, more as ImageEntry], plan, { limit })).rejects.toThrow(
    /^3 of 20 images \(15 %\) cannot be read.*allow more with --unreadable 0\.15/u,
  );
});

test("an unreadable image of a stream is replaced by the readable one before it of its class", async () => {
  // 10 is the first of its class, 4 and 5 follow one another, 0 has none before it.
  const entries = await writeNoisy(newFolder(), 20, [0, 4, 5, 10]);
  const whole = await openCached(entries, { maxUnreadableShare: 1 });
  const heard: string[] = [];
  const stream = await openStream(entries, {
    maxUnreadableShare: 0.2,
    onUnreadable: ({ entry }) => heard.push(entry.name),
  });
  const size = 12 * 10 * 3;
  const valuesOf = (name: string): number[] => {
    const at = whole.entries.findIndex((entry) => entry.name === name);
    return [...whole.data.values.subarray(at * size, (at + 1) * size)];
  };
  const numbers = Uint32Array.of(5, 10, 0, 4, 7);
  const expected = ["Füchse/003.jpg", "Hasen/011.jpg", "Füchse/001.jpg", "Füchse/003.jpg", "Füchse/007.jpg"].flatMap(
    valuesOf,
  );
  expect([...(await stream.data.read(numbers))]).toEqual(expected);
  // Now that they are known, the same again; each was heard of once.
  expect([...(await stream.data.read(numbers))]).toEqual(expected);
  expect(heard.toSorted()).toEqual(["Füchse/000.jpg", "Füchse/004.jpg", "Füchse/005.jpg", "Hasen/010.jpg"]);
  expect(stream.unreadable().map(({ entry }) => entry)).toEqual([0, 4, 5, 10].map((number) => entries[number]));
});

test("an image of another class never stands in, where there are labels", async () => {
  const entries = await writeNoisy(newFolder(), 20, [18, 19]);
  const folder = entries.map((entry, number) => (number < 18 ? entry : { ...entry, className: "Igel" }));
  const { data } = await openStream(folder);
  const numbers = Uint32Array.of(0, 18, 19);
  await expect(data.read(numbers)).rejects.toThrow(UserError);
  await expect(data.read(numbers)).rejects.toThrow(
    /^2 of 2 images \(100 %\) cannot be read, and at least one of the class Igel must be; mend .*:\n {2}Hasen\/018\.jpg: truncated/u,
  );
  // Without a class for each image, there are no labels to be false.
  const unlabelled = await openStream(folder.map((entry, number) => (number === 0 ? withoutClass(entry) : entry)));
  const values = await unlabelled.data.read(Uint32Array.of(17, 18, 19));
  expect(values.slice(0, 360)).toEqual(values.slice(720));
});

test("a stream ends with an error when too many images prove unreadable", async () => {
  const entries = await writeNoisy(newFolder(), 20, [2, 3, 12]);
  const { data } = await openStream(entries);
  await data.read(Uint32Array.of(1, 2, 3));
  await expect(data.read(Uint32Array.of(11, 12))).rejects.toThrow(
    /^3 of 20 images \(15 %\) cannot be read, and at most 10 %/u,
  );
});

test("images in archives are streamed as files are", async () => {
  const folder = newFolder();
  const files = await Promise.all([0, 1, 2].map((number) => noisy(40, 30, number).png().toBuffer()));
  const archive = folder.write("archive.zip", writeZip(files.map((data, number) => ({ name: `${number}.png`, data }))));
  const { entries } = await findImages((archive.location as { path: string }).path);
  const loose = files.map((bytes, number) => folder.write(`${number}.png`, bytes));
  const stream = await openStream(entries);
  const read = await stream.data.read(Uint32Array.of(2, 0));
  expect(read).toEqual(await (await openStream(loose)).data.read(Uint32Array.of(2, 0)));
  expect((await openCached(entries)).data.values).toEqual((await openCached(loose)).data.values);
});

test("patches are cut at full resolution, where their number says, whatever else is read", async () => {
  const folder = newFolder();
  // Every pixel says where it is.
  const places = picture(50, 30, 3, (x, y, channel) => [x, y, 7][channel] as number);
  const entries = [
    folder.write("a.png", await places.clone().png().toBuffer()),
    folder.write("turned.png", await places.clone().withMetadata({ orientation: 3 }).png().toBuffer()),
  ];
  const patchPlan: ImagePlan = {
    height: 4,
    width: 6,
    channels: 3,
    fit: "cover",
    depth: 8,
    patches: { perImage: 40, seed: 5 },
  };
  const { data } = await openCached(entries, {}, patchPlan);
  expect(data).toMatchObject({ count: 80, shape: [4, 6, 3] });
  const size = 4 * 6 * 3;
  const corners = new Set<string>();
  for (let number = 0; number < 80; number++) {
    const patch = data.values.subarray(number * size, (number + 1) * size);
    const [left = 0, top = 0] = patch;
    corners.add(`${left},${top}`);
    // Upside down, places count backwards.
    const step = number < 40 ? 1 : -1;
    const expected = Array.from({ length: 24 }, (_, pixel) => [
      left + step * (pixel % 6),
      top + step * Math.floor(pixel / 6),
      7,
    ]);
    expect([...patch]).toEqual(expected.flat());
  }
  expect(corners.size).toBeGreaterThan(70);

  const stream = await openStream(entries, {}, patchPlan);
  const numbers = Uint32Array.of(41, 3, 79, 3);
  const expected = Array.from(numbers, (number) => [...data.values.subarray(number * size, (number + 1) * size)]);
  expect([...(await stream.data.read(numbers))]).toEqual(expected.flat());
  const other = await openCached(entries, {}, { ...patchPlan, patches: { perImage: 40, seed: 6 } });
  expect(other.data.values).not.toEqual(data.values);
});

test("patches of images too large to decode as a whole are the same, and so is what is unreadable", async () => {
  const folder = newFolder();
  // 16.4 megapixels, upside down: where the stored picture begins, the upright one ends.
  const [width, height] = [4100, 4000];
  const large = picture(width, height, 1, (x, y) => (x * 3 + y * 7) & 255).toColourspace("b-w");
  const bytes = await large.withMetadata({ orientation: 3 }).png({ compressionLevel: 1 }).toBuffer();
  const entries = [folder.write("large.png", bytes), folder.write("cut.png", bytes.subarray(0, bytes.length * 0.9))];
  const patchPlan: ImagePlan = { ...plan, channels: 1, patches: { perImage: 2, seed: 1 } };
  const { data, unreadable } = await openCached(entries, { maxUnreadableShare: 0.5 }, patchPlan);
  expect([data.count, unreadable().map(({ entry }) => entry.name)]).toEqual([2, ["cut.png"]]);
  for (const patch of [data.values.subarray(0, 120), data.values.subarray(120)]) {
    const [first = 0] = patch;
    const expected = Array.from({ length: 120 }, (_, at) => (first - (at % 10) * 3 - Math.floor(at / 10) * 7) & 255);
    expect([...patch]).toEqual(expected);
  }
});

test("images that are too small for a patch, or truncated, are unreadable for all patches", async () => {
  const folder = newFolder();
  const patchPlan: ImagePlan = { ...plan, patches: { perImage: 3, seed: 0 } };
  const whole = await noisy(40, 30, 0).jpeg().toBuffer();
  const entries = [
    folder.write("a.jpg", whole),
    folder.write("cut.jpg", whole.subarray(0, whole.length - 100)),
    folder.write("small.jpg", await noisy(9, 30, 0).jpeg().toBuffer()),
  ];
  const { data, unreadable } = await openCached(entries, { maxUnreadableShare: 0.9 }, patchPlan);
  expect(data.count).toBe(3);
  expect(unreadable().map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^truncated/u),
    "it has 9 × 30 pixels, fewer than a patch of 10 × 12",
  ]);
  const stream = await openStream(entries, { maxUnreadableShare: 0.9 }, patchPlan);
  expect(await stream.data.read(Uint32Array.of(4, 8))).toEqual(await stream.data.read(Uint32Array.of(1, 2)));
});

test("a signal ends opening and reading with its reason", async () => {
  const entries = await writeNoisy(newFolder(), 30);
  const stop = new AbortController();
  const stream = await openStream(entries, { signal: stop.signal });
  await stream.data.read(Uint32Array.of(0));
  const reading = stream.data.read(Uint32Array.from({ length: 30 }, (_, number) => number));
  stop.abort(new Error("enough"));
  await expect(reading).rejects.toThrow("enough");
  await expect(stream.data.read(Uint32Array.of(0))).rejects.toThrow("enough");

  const later = new AbortController();
  const opening = openImages(entries, plan, {
    signal: later.signal,
    onProgress: () => later.abort(new Error("too long")),
  });
  await expect(opening).rejects.toThrow("too long");
  await expect(openImages(entries, plan, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow("never");
});

test("closing ends the thread; reads under way fail, and so do later ones", async () => {
  const entries = await writeNoisy(newFolder(), 30);
  const threads = (): number => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
  const before = threads();
  const stream = await openStream(entries);
  const reading = stream.data.read(Uint32Array.from({ length: 30 }, (_, number) => number));
  expect(threads()).toBeGreaterThan(before);
  const outcome = reading.catch((error: unknown) => error);
  await stream.close();
  expect(await outcome).toEqual(new Error("the images were closed"));
  expect(threads()).toBe(before);
  await expect(stream.data.read(Uint32Array.of(0))).rejects.toThrow("the images were closed");
  await stream.close();
});
