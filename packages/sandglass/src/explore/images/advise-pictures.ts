/** Advice on what the pictures show. */
import { counted } from "@sandglass/core";
import { formatCount, formatShare } from "../../text/number-format.ts";
import type { Rule } from "./rule.ts";

const duplicates: Rule = ({ leaks: { duplicates: groups } }) => {
  const copies = groups.reduce((sum, { images }) => sum + images.length - 1, 0);
  if (copies === 0) return undefined;
  const isCertain = groups.every(({ by }) => by === "content");
  return {
    weight: "notable",
    text: isCertain
      ? "Keep one of each: copies that are held back to validate with are known already, and the others count double."
      : "Keep one of each; or, where they are several shots of one thing, all of them in one part (--group): what is held back to validate with " +
        "is known otherwise, and what is there more often counts for more.",
    reason: `${counted(copies, "image is a copy", "images are copies")} of another one in the same part${isCertain ? "" : ", some by their looks alone"}.`,
  };
};

const extremes: Rule = ({ inspection: { extremes: found } }) => {
  if (found.length === 0) return undefined;
  return {
    weight: "notable",
    text: "Look at them in the page, and remove what is broken.",
    reason: `${counted(found.length, "image shows", "images show")} next to nothing: black, white, or of one colour.`,
  };
};

const outliers: Rule = ({ inspection: { outliers: found } }) => {
  if (found === undefined || found.far === 0) return undefined;
  return {
    weight: "notable",
    text: "Look at the outliers in the page: remove what does not belong to the data, and keep what is merely rare.",
    reason: `${counted(found.far, "image lies", "images lie")} far from all others.`,
  };
};

const doubts: Rule = ({ inspection: { doubts: found } }) => {
  if (found === undefined || found.doubts.length === 0) return undefined;
  return {
    weight: "notable",
    text: "Look at the doubtful labels in the page before you trust them. It is a guess by similar images, and may well be wrong.",
    reason: `The neighbours of ${counted(found.doubts.length, "image")} of ${formatCount(found.compared)} speak for another class; they give the right one to ${formatShare(found.agreement)} of all.`,
  };
};

export const adviceOnPictures: readonly Rule[] = [duplicates, extremes, outliers, doubts];
