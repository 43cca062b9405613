import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodePredictions, imageNetClasses } from "./class-names.ts";

describe("the classes of ImageNet", () => {
  it("are those of Keras, word for word: the file that Keras makes of them has the checksum that it asks for", () => {
    const entries = imageNetClasses().map(({ synset, name }, index) => `"${index}": ["${synset}", "${name}"]`);
    const md5 = createHash("md5")
      .update(`{${entries.join(", ")}}`)
      .digest("hex");
    // `file_hash` of imagenet_class_index.json in keras/src/applications/imagenet_utils.py, Keras 3.15.1.
    expect(md5).toBe("c2c37ea517e94d9795004a39431a14cb");
  });

  it("are numbered by their synsets", () => {
    const classes = imageNetClasses();
    expect(classes).toHaveLength(1000);
    expect(classes.map(({ synset }) => synset)).toEqual(classes.map(({ synset }) => synset).toSorted());
    expect(classes[281]).toEqual({ synset: "n02123045", name: "tabby" });
  });
});

describe("decoding predictions", () => {
  it("names the most probable classes of each sample, best first", () => {
    const predictions = new Float32Array(2000);
    predictions.set([0.25, 0.5, 0.125], 0);
    predictions[1000 + 999] = 0.75;
    predictions[1000 + 134] = 0.25;
    expect(decodePredictions(predictions, { top: 2 })).toEqual([
      [
        { synset: "n01443537", name: "goldfish", index: 1, score: 0.5 },
        { synset: "n01440764", name: "tench", index: 0, score: 0.25 },
      ],
      [
        { synset: "n15075141", name: "toilet_tissue", index: 999, score: 0.75 },
        { synset: "n02012849", name: "crane", index: 134, score: 0.25 },
      ],
    ]);
    expect(decodePredictions(predictions)[0]).toHaveLength(5);
  });

  it("refuses what are no predictions of 1,000 classes, and places that do not exist", () => {
    expect(() => decodePredictions(new Float32Array(1001))).toThrow(/1000 numbers for each sample.*1001 came/);
    expect(() => decodePredictions(new Float32Array())).toThrow(/0 came/);
    expect(() => decodePredictions(new Float32Array(1000), { top: 0 })).toThrow(/top must be.*from 1 to 1000; 0 came/);
    expect(() => decodePredictions(new Float32Array(1000), { top: 1001 })).toThrow(/1001 came/);
  });
});
