// Images as they come: damaged, in odd formats, in odd places. Each set is trained on, or refused with what to do.
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import sharp, { type Sharp } from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { noisy, picture, pictureValues, pngHeader } from "../images/decode/testing/image-files.ts";
import { finiteFigures, refusal } from "./testing/outcome.ts";
import { runCli, type Result } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();
const QUICK = ["--epochs", "1", "--threads", "1", "--force", "--out", "run"];

let cwd: string;
beforeAll(() => {
  cwd = newFolder();
});

const train = (source: string, ...words: string[]): Promise<Result> =>
  runCli(["train", source, ...QUICK, ...words], { cwd });
const evaluate = (source: string, ...words: string[]): Promise<Result> =>
  runCli(["evaluate", "run", source, ...words], { cwd });

function put(path: string, bytes: Uint8Array | string): void {
  const whole = join(cwd, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, bytes);
}

/** Pictures of these numbers in a folder, all of one kind. */
async function putAll(
  folder: string,
  count: number,
  extension: string,
  draw: (number: number) => Sharp,
): Promise<void> {
  for (let number = 0; number < count; number++) put(`${folder}/${number}.${extension}`, await draw(number).toBuffer());
}

const jpeg = (number: number): Sharp => noisy(40, 30, number).jpeg();

/** What a training on a set says of it, and the shape of its samples. */
async function trained(source: string, ...words: string[]): Promise<{ shape: number[]; notes: string; data: object }> {
  const result = await train(source, ...words, "--json");
  finiteFigures(result);
  const { data } = JSON.parse(result.stdout) as { data: { shape: number[] } };
  return { shape: data.shape, notes: result.stderr, data };
}

describe("files that cannot be read", () => {
  beforeAll(async () => {
    const half = await jpeg(99).toBuffer();
    await putAll("few/Füchse", 20, "jpg", jpeg);
    await putAll("few/Hasen", 20, "jpg", (number) => jpeg(number + 20));
    put("few/Füchse/cut.jpg", half.subarray(0, half.length / 2));
    put("few/Füchse/zero.jpg", "");
    put("few/Hasen/text.png", "no picture at all");
    put("few/Hasen/bomb.png", pngHeader(40_000, 40_000));
    await putAll("many", 8, "jpg", jpeg);
    for (let number = 0; number < 4; number++) put(`many/cut${number}.jpg`, half.subarray(0, half.length / 2));
  });

  test("are skipped, named and counted, for what each of them is", async () => {
    const { notes, data } = await trained("few");
    expect(notes).toMatch(/^skipped Füchse\/cut\.jpg: truncated or damaged JPEG/mu);
    expect(notes).toMatch(/^skipped Füchse\/zero\.jpg: the file is empty \(0 bytes\)$/mu);
    expect(notes).toMatch(/^skipped Hasen\/text\.png: it is not an image of a format that can be read \(JPEG, PNG, /mu);
    expect(notes).toMatch(
      /^skipped Hasen\/bomb\.png: it has 40000 × 40000 pixels \(1,600 megapixels\), and the limit is 100 megapixels; make it smaller, or allow more with --max-pixels/mu,
    );
    expect(notes).toMatch(
      /^few: 4 files could not be read and were left out: .*Füchse\/zero\.jpg: the file is empty/mu,
    );
    expect(data).toMatchObject({ classNames: ["Füchse", "Hasen"] });
    const { training, validation } = data as { training: number; validation: number };
    expect(training + validation).toBe(40);
  });

  test("more than a tenth is an error that names the option, and that option works", async () => {
    const { code, error } = refusal(await train("many"));
    expect(error).toMatch(
      /^4 of 12 images \(33\.3 %\) cannot be read, and at most 10 % may be; mend or remove them, or allow more with --unreadable 0\.34 .*:\n {2}cut0\.jpg: truncated/u,
    );
    expect(code).toBe(1);
    expect((await trained("many", "--unreadable", "0.34")).notes).toContain("many: 4 files could not be read");
    // Whoever uses a model may leave out as much as when it was made, unless told otherwise.
    expect(refusal(await evaluate("many", "--unreadable", "0.2"))).toMatchObject({
      code: 1,
      error: expect.stringMatching(/^4 of 12 images \(33\.3 %\) cannot be read, and at most 20 % may be/u),
    });
    const evaluated = await evaluate("many", "--json");
    finiteFigures(evaluated);
    expect(JSON.parse(evaluated.stdout)).toMatchObject({ data: { count: 8 } });
    expect(refusal(await train("many", "--unreadable", "2"))).toMatchObject({
      code: 2,
      error: expect.stringContaining("Expected a share from 0 to 1"),
    });
  });

  test.each([
    ["bomb.png", pngHeader(40_000, 40_000), /none of 1 images can be read.*40000 × 40000 pixels .* limit is 100 mega/u],
    ["zero.png", "", /none of 1 images can be read; the first is zero\.png: the file is empty/u],
    ["text.jpg", "hello", /none of 1 images can be read.*it is not an image of a format that can be read/u],
  ])("alone: %s", async (name, bytes, message) => {
    put(name, bytes);
    expect(refusal(await train(name, "--validation", "0")).error).toMatch(message);
  });

  test.each([
    ["a.bmp", /there is no image in a\.bmp.*\n.*BMP cannot be read: convert the files to PNG/u],
    ["a.heic", /HEIC cannot be read: convert the files to JPEG/u],
    ["a.tar", /of the archives only zip can be read: unpack/u],
    ["notes.docx", /notes\.docx: .*this is another kind of file/u],
    ["missing.jpg", /there is no file or folder missing\.jpg .*check the path/u],
    ["missing/*.jpg", /there is no folder missing .*in which the pattern missing\/\*\.jpg begins/u],
  ])("no images: %s", async (name, message) => {
    if (!name.startsWith("missing")) put(name, "a file of some bytes");
    expect(refusal(await train(name)).error).toMatch(message);
  });
});

describe("formats", () => {
  test("a name that ends with another format's is no matter", async () => {
    await putAll("wrong", 20, "jpg", (number) => noisy(40, 30, number).png());
    expect((await trained("wrong")).shape).toEqual([30, 40, 3]);
  });

  test("16-bit grey TIFF keeps its bits", async () => {
    await putAll("deep", 20, "tiff", (number) => {
      const values = Uint16Array.from({ length: 1200 }, (_, pixel) => (pixel * 4111 + number * 999) % 65_536);
      return sharp(values, { raw: { width: 40, height: 30, channels: 1 } })
        .toColourspace("grey16")
        .tiff({ compression: "lzw" });
    });
    const { shape, notes } = await trained("deep");
    expect(shape).toEqual([30, 40, 1]);
    expect(notes).toContain("deep: all images are grey and have 16 bits a pixel, which are kept");
  });

  test("CMYK JPEG becomes red, green and blue", async () => {
    await putAll("inks", 20, "jpg", (number) => noisy(40, 30, number).toColourspace("cmyk").jpeg());
    expect((await trained("inks")).shape).toEqual([30, 40, 3]);
  });

  test("of animated GIFs the first frame is used, which is said", async () => {
    await putAll("moving", 20, "gif", (number) => {
      const values = pictureValues(40, 60, 3, (x, y, channel) => (x * y + number * 31 + channel * 80) & 255);
      return sharp(values, { raw: { width: 40, height: 60, channels: 3, pageHeight: 30 } }).gif({ loop: 0 });
    });
    const { shape, notes } = await trained("moving");
    expect(shape).toEqual([30, 40, 3]);
    expect(notes).toContain("18 of 18 images looked at have several frames or pages, of which the first is used");
  });

  test("grey, color and transparent images are one set, which is said", async () => {
    await putAll("mixed", 21, "png", (number) => {
      if (number % 3 === 0) return noisy(40, 30, number).toColourspace("b-w").png();
      if (number % 3 === 1) return noisy(40, 30, number).png();
      return picture(40, 30, 4, (x, y, channel) => (x * y * 7 + number + channel * 60) & 255).png();
    });
    const { shape, notes } = await trained("mixed", "--validation", "0");
    expect(shape).toEqual([30, 40, 3]);
    expect(notes).toContain(
      "7 of 21 images looked at may be transparent and are laid on the background; --color rgba keeps",
    );
    expect(notes).toContain(
      "7 of 21 images looked at are grey and 14 are saved as color; all are read as color, and --color",
    );
    expect((await trained("mixed", "--color", "rgba")).shape).toEqual([30, 40, 4]);
    // The option is about images, and not about what goes into a pipe.
    const piped = await runCli(["train", "mixed", ...QUICK, "--color", "grey"], { cwd, env: { NO_COLOR: "" } });
    expect(piped).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Training is done\./u) });
  });
});

describe("folders", () => {
  test("one class alone gives no labels", async () => {
    await putAll("one/cats", 20, "jpg", jpeg);
    const { notes, data } = await trained("one");
    expect(notes).toContain("one: all images lie in the folder cats; one class alone gives no labels");
    expect(data).not.toHaveProperty("classNames");
    expect(refusal(await train("one", "--model", "vae", "--conditional"))).toMatchObject({
      error: expect.stringMatching(/labels/u),
    });
  });

  test("an empty split is no split, and who asks for it is told what there is", async () => {
    await putAll("parts/train/a", 10, "jpg", jpeg);
    await putAll("parts/train/b", 10, "jpg", (number) => jpeg(number + 10));
    for (const folder of ["val/a", "test"]) mkdirSync(join(cwd, "parts", folder), { recursive: true });
    const { notes, data } = await trained("parts");
    expect(notes).toContain("parts: the folder test has no image, so there is no such split");
    expect(notes).toContain("parts: the folder val has no image, so there is no such split");
    expect(data).toMatchObject({ training: 18, validation: 2, validatedWith: "held back" });
    expect(refusal(await train("parts", "--validation", "validation"))).toEqual({
      code: 2,
      error: "parts has no images in a validation part; it has train; hold images back with --validation 0.1",
    });
    expect(refusal(await evaluate("parts"))).toEqual({
      code: 2,
      error: "parts has no images in a test part; it has train; choose one with --split",
    });
    finiteFigures(await evaluate("parts", "--split", "train", "--json"));
  });

  test("spaces, letters of all scripts and brackets are names like others", async () => {
    const folder = "Bilder [2020] für Ärzte – 写真";
    await putAll(`${folder}/große Füchse`, 10, "jpg", jpeg);
    await putAll(`${folder}/猫`, 10, "jpg", (number) => jpeg(number + 10));
    expect((await trained(folder)).data).toMatchObject({ name: folder, classNames: ["große Füchse", "猫"] });
    const pictures = await runCli(["reconstruct", "run", folder, "--count", "3", "--out", "zurück zu 写真"], { cwd });
    expect(pictures).toMatchObject({ code: 0, stdout: expect.stringContaining("3 images beside their") });
  });

  test("loops of links are gone through once", async () => {
    await putAll("loop/a", 10, "jpg", jpeg);
    await putAll("loop/b", 10, "jpg", (number) => jpeg(number + 10));
    symlinkSync("..", join(cwd, "loop", "a", "again"));
    symlinkSync("self", join(cwd, "loop", "self"));
    const { notes, data } = await trained("loop");
    expect(notes).toContain("loop: 1 link to a folder read already is left out: a/again");
    expect(notes).toContain("loop: 1 link leads nowhere: self");
    expect(data).toMatchObject({ training: 18, validation: 2 });
  });

  test("one image is trained on where none is to be held back", async () => {
    put("single.jpg", await jpeg(1).toBuffer());
    expect(refusal(await train("single.jpg"))).toEqual({
      code: 1,
      error:
        "there is 1 sample, and holding back 1 for validation leaves none to train on; hold back fewer or none, or take more samples",
    });
    expect((await trained("single.jpg", "--validation", "0")).data).toMatchObject({ training: 1, validation: 0 });
  });

  test.each([
    [["--size", "abc"], 2, /the size of images must be .*"abc" came/u],
    [["--patches", "2"], 1, /no image is as large as a patch of 64 × 64.*choose smaller patches/u],
    [["--group", "("], 2, /--group takes a regular expression for file names; "\(" is none/u],
    [["--group", "zzz"], 2, /--group zzz is found in no file name, such as 0\.jpg/u],
    [["--split", "stratified"], 2, /--split stratified needs classes/u],
    [["--validation", "test"], 2, /wrong has no test part; .*--validation 0\.1/u],
    [["--count", "500"], 2, /wrong has 20 images, and --count 500 asks for more/u],
    [["--patches", "2", "--fit", "cover"], 2, /--fit cover says how whole images .* leave one of them out/u],
    [["--max-pixels", "9"], 1, /none of 18 images can be read; .* allow more with --max-pixels/u],
    [["--delimiter", ";"], 2, /--delimiter is for a table, and wrong is read as images; leave it out/u],
    [["--label", "x"], 2, /--label is for a table, and wrong is read as images; leave it out/u],
  ])("choices that do not fit images: %j", async (words, expected, message) => {
    await putAll("wrong", 20, "jpg", jpeg);
    const { code, error } = refusal(await train("wrong", ...words));
    expect(error).toMatch(message);
    expect(code).toBe(expected);
  });
});
