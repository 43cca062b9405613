import { expect, test } from "vitest";
import { drawRows } from "./rows-exhibit.ts";
import { parse, pixelsOf, texts } from "./testing/page.ts";

const shape = [1, 2, 1];
const original = { name: "original", shape, values: Float32Array.of(0, 1, 0.2, 0.4) };
const restored = { name: "restored", shape, values: Float32Array.of(-1, 2, 0.6, 0.8) };

test("each column has a picture of every row, and its caption", async () => {
  const page = parse(await drawRows({ kind: "rows", rows: [original, restored], captions: ["0.10", "<b>"] }));
  const stacks = [...page.querySelectorAll(".stack")];
  const pixels = await Promise.all(
    stacks.map(async (stack) => Promise.all([...stack.querySelectorAll("img")].map(pixelsOf))),
  );
  expect(pixels).toEqual([
    [
      [0, 255],
      [0, 255],
    ],
    [
      [51, 102],
      [153, 204],
    ],
  ]);
  expect(texts(page, ".stack small")).toEqual(["0.10", "<b>"]);
  expect(texts(page, ".row-names span")).toEqual(["original", "restored"]);
  expect(stacks[1]!.querySelectorAll("img")[1]!.getAttribute("alt")).toBe("restored 2");
});

test("a range says which values are black and white", async () => {
  const weights = { name: "weights", shape: [1, 3, 1], values: Float32Array.of(-2, 0, 2), range: [-2, 2] } as const;
  const page = parse(await drawRows({ kind: "rows", rows: [weights] }));
  expect(await pixelsOf(page.querySelector("img")!)).toEqual([0, 128, 255]);
  expect(texts(page, ".range")).toEqual(["weights: -2.0 2.0"]);
});

test("pictures are enlarged by whole numbers, and rows that are too long for the page are wrapped", async () => {
  const rows = (height: number, width: number, columns: number): Parameters<typeof drawRows>[0] => ({
    kind: "rows",
    rows: [{ name: "original", shape: [height, width, 3], values: new Float32Array(columns * height * width * 3) }],
  });
  const first = async (...size: [number, number, number]): Promise<Element> =>
    parse(await drawRows(rows(...size))).querySelector(".rows")!;
  const clothes = await first(28, 28, 12);
  expect(clothes.getAttribute("style")).toBe("--width: 28; --height: 28; --zoom: 2; --phone-zoom: 2");
  expect(clothes.classList.contains("wrapped")).toBe(false);
  expect((await first(28, 28, 14)).classList.contains("wrapped")).toBe(true);
  expect((await first(33, 47, 12)).getAttribute("style")).toBe("--width: 47; --height: 33; --zoom: 1; --phone-zoom: 1");
  // Few pictures may be larger.
  expect((await first(33, 47, 4)).getAttribute("style")).toBe("--width: 47; --height: 33; --zoom: 3; --phone-zoom: 3");
  // Larger than 128 pixels: a third of 300 by 200.
  expect((await first(200, 300, 1)).getAttribute("style")).toContain("--width: 100; --height: 67; --zoom: 1;");
});

test("samples that are no images have a chart for each, with a bar for each value of each row", async () => {
  const row = (name: string, ...values: number[]): Parameters<typeof drawRows>[0]["rows"][0] => ({
    name,
    shape: [2],
    values: Float32Array.from(values),
  });
  const page = parse(
    await drawRows({
      kind: "rows",
      rows: [row("original", 3, -1, 0, 1), row("restored", 1, 0, 0, 0)],
      captions: ["a", "b"],
    }),
  );
  expect(page.querySelector("img")).toBeNull();
  // From 3 at the top to −1 at 76, so that 0 is at 57; 120 wide a value, of which 2 on each side are margins.
  const bars = [...page.querySelector("svg")!.querySelectorAll("path")].map((path) => path.getAttribute("d"));
  expect(bars).toEqual(["M2,57V0h58V57zM122,57V76h58V57z", "M60,57V38h58V57zM180,57V57h58V57z"]);
  expect(texts(page, "svg text")).toEqual(["0", "1", "0", "1"]);
  expect(texts(page, ".profile small")).toEqual(["a", "b"]);
  expect(page.querySelector("title")!.textContent).toBe("value 0\noriginal: 3.000\nrestored: 1.000");
  expect(page.textContent).toContain("from -1.000 to 3.000");
});

test("rows that do not belong together are refused", async () => {
  const draw = async (rows: Parameters<typeof drawRows>[0]["rows"], captions?: string[]): Promise<unknown> =>
    drawRows({ kind: "rows", rows, ...(captions && { captions }) });
  await expect(draw([original, { ...restored, values: new Float32Array(2) }])).rejects.toThrow(
    "an exhibit has 1 samples in a row for 2 columns; expected one for each",
  );
  await expect(draw([original], ["one"])).rejects.toThrow("1 captions for 2 columns");
  await expect(draw([original, { ...restored, shape: [4] }])).rejects.toThrow("shapes [1, 2, 1] and [4]; expected one");
  await expect(draw([{ ...original, shape: [3, 1, 1] }])).rejects.toThrow(
    "4 values for samples of shape [3, 1, 1]; expected a multiple of 3",
  );
});
