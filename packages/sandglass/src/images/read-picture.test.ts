import { writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { temporaryFolders } from "../cli/testing/temporary-folder.ts";
import { encodePng } from "./png.ts";
import { readPicture } from "./read-picture.ts";

const newFolder = temporaryFolders();

test("pictures keep their size and their colors", async () => {
  const folder = newFolder();
  const [grey, color] = [join(folder, "grey.png"), join(folder, "color.png")];
  writeFileSync(
    grey,
    await encodePng({ width: 3, height: 2, channels: 1, data: Uint8Array.of(0, 51, 102, 153, 204, 255) }),
  );
  expect(await readPicture(grey)).toEqual({ shape: [2, 3, 1], values: Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1) });
  writeFileSync(
    color,
    await encodePng({ width: 1, height: 2, channels: 3, data: Uint8Array.of(255, 0, 51, 0, 102, 0) }),
  );
  expect(await readPicture(color)).toEqual({ shape: [2, 1, 3], values: Float32Array.of(1, 0, 0.2, 0, 0.4, 0) });
  expect((await readPicture(color, { grey: true })).shape).toEqual([2, 1, 1]);
});

test("what is no picture is an error", async () => {
  const folder = newFolder();
  const broken = join(folder, "broken.png");
  writeFileSync(broken, "no picture");
  await expect(readPicture(broken)).rejects.toThrow(/broken\.png cannot be read/u);
  await expect(readPicture(join(folder, "none.png"))).rejects.toThrow(/there is no file/u);
  const { data } = await sharp({ create: { width: 1, height: 1, channels: 3, background: "red" } })
    .png()
    .toBuffer({ resolveWithObject: true });
  writeFileSync(join(folder, "a.png"), data);
  await expect(readPicture(folder)).rejects.toThrow(/holds 2 images; name the file of one/u);
});
