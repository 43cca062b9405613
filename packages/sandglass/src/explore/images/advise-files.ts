/** Advice on files: which of them are no use, and how the others should be read. */
import { counted } from "@sandglass/core";
import { formatShare } from "../../text/number-format.ts";
import { imagesAlone, MOST_UNREADABLE, unreadableShare } from "./train-command.ts";
import type { Rule } from "./rule.ts";

const unreadable: Rule = ({ files }) => {
  if (files === undefined || files.unreadable.length === 0) return undefined;
  const { length } = files.unreadable;
  const share = unreadableShare(files);
  const isMany = share > MOST_UNREADABLE;
  return {
    weight: isMany ? "serious" : "notable",
    text: isMany
      ? "Find out what happened to the files; a training stops at so many, unless it is told to go on with --unreadable."
      : "Mend or remove the files that cannot be read; a training leaves them out.",
    reason: `${counted(length, "file")} of ${files.files.toLocaleString("en-US")} (${formatShare(share)}) cannot be read.`,
  };
};

const beside: Rule = ({ files, source }) => {
  if (files?.beside === undefined) return undefined;
  const { images, others, count } = files.beside;
  return {
    weight: "serious",
    text: `If the ${others} files are masks, leave them out: look at "${imagesAlone(source, files.beside)}" instead. The training below does.`,
    reason: `All ${counted(count, `${others} file`)} have a ${images} file of the same name beside them.`,
  };
};

const misnamed: Rule = ({ files }) => {
  const count = files?.headers.misnamed.length ?? 0;
  if (count === 0) return undefined;
  return {
    weight: "hint",
    text: "Nothing has to be done about the names: what is in a file decides.",
    reason: `${counted(count, "file is", "files are")} of another format than the name says.`,
  };
};

const size: Rule = ({ files, set }) => {
  if (files?.reading.size === undefined) return undefined;
  const { widths, heights } = files.headers;
  const [height, width] = set.shape;
  return {
    weight: "hint",
    text: `Begin with --size ${files.reading.size}, which trains in minutes; double it when what matters is too small to be seen in the page's pictures.`,
    reason: `The images have ${range(widths)} × ${range(heights)} pixels, the samples shown here ${width} × ${height}.`,
  };
};

const color: Rule = ({ files }) =>
  files?.reading.color === undefined
    ? undefined
    : {
        weight: "hint",
        text: "Read the images as grey (--color grey): a third of the values, and nothing is lost.",
        reason: "Images are saved in colour and show grey alone.",
      };

const fit: Rule = ({ files }) =>
  files?.reading.fit === undefined
    ? undefined
    : {
        weight: "notable",
        text: "Keep whole images with --fit contain, or cut the images yourself where what matters is not in the middle.",
        reason: `${formatShare(files.reading.cropped)} of the images would lose more than two fifths of themselves to fill one shape.`,
      };

const turned: Rule = ({ files }) =>
  files === undefined || files.headers.turned === 0
    ? undefined
    : {
        weight: "hint",
        text: "Nothing has to be done here: images are put upright. Other programs may not do so.",
        reason: `${counted(files.headers.turned, "image is", "images are")} turned by an entry of EXIF.`,
      };

const cmyk: Rule = ({ files }) => {
  const count = Object.entries(files?.headers.colors ?? {}).reduce(
    (sum, [kind, number]) => (kind.startsWith("CMYK") ? sum + number : sum),
    0,
  );
  if (count === 0) return undefined;
  return {
    weight: "hint",
    text: "Look at their colours in the page's pictures: inks are translated to red, green and blue.",
    reason: `${counted(count, "image is", "images are")} made of inks (CMYK).`,
  };
};

export const adviceOnFiles: readonly Rule[] = [unreadable, beside, fit, color, size, cmyk, turned, misnamed];

function range({ least, most }: { readonly least: number; readonly most: number }): string {
  return least === most ? String(least) : `${least} to ${most}`;
}
