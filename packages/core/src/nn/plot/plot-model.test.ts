import { beforeEach, describe, expect, test } from "vitest";
import { add, concatenate, conv2d, dense, flatten } from "../layers/index.ts";
import { input } from "../layers/input-layer.ts";
import { model } from "../model/functional.ts";
import type { Model } from "../model/model.ts";
import { sequential } from "../model/sequential.ts";
import { resetNames } from "../names.ts";
import { layerBox } from "./layer-box.ts";
import { layOut } from "./lay-out.ts";
import type { Rectangle } from "./lay-out.ts";
import { plotModel } from "./plot-model.ts";
import { plottedModel } from "./plotted-model.ts";

beforeEach(resetNames);

const EVERYTHING = { showShapes: true, showLayerNames: true, showLayerActivations: true, showTrainable: true };

/** A chain and a graph within a graph, a shared layer, a way around others, and a layer that is called on what it made. */
function nested(): Model {
  const start = input([8, 8, 1], { name: "start" });
  const chain = sequential([conv2d(2, 3, { padding: "same", name: "conv" }), flatten({ name: "flat" })], {
    name: "chain",
  });
  const inside = input([128], { name: "inside" });
  const inner = model(inside, [dense(4, { name: "left" })(inside), dense(4, { name: "right" })(inside)], {
    name: "inner",
  });
  const [left, right] = inner.applyTo(chain(start));
  const again = dense(4, { name: "again", trainable: false });
  const sum = add({ name: "sum" })([again(again(left!)), right!]);
  return model(start, concatenate({ name: "joined" })([sum, flatten({ name: "around" })(start)]), { name: "nested" });
}

function namesOfConnections(whole: Model, expandNested: boolean): string[] {
  const { layers, connections } = plottedModel(whole, expandNested);
  const nameOf = (id: string): string => layers.find((layer) => layer.id === id)?.layer.name ?? "nothing";
  return connections.map(({ from, to }) => `${nameOf(from)} → ${nameOf(to)}`);
}

describe("connections", () => {
  test("lead to models that are one box", () => {
    expect(namesOfConnections(nested(), false).toSorted()).toEqual([
      "again → again",
      "again → sum",
      "around → joined",
      "chain → inner",
      "inner → again",
      "inner → sum",
      "start → around",
      "start → chain",
      "sum → joined",
    ]);
  });

  test("lead into models that are shown with their layers, and out of them", () => {
    expect(namesOfConnections(nested(), true).toSorted()).toEqual([
      "again → again",
      "again → sum",
      "around → joined",
      "conv → flat",
      "flat → inside",
      "inside → left",
      "inside → right",
      "left → again",
      "right → sum",
      "start → around",
      "start → conv",
      "sum → joined",
    ]);
  });

  test("of a sequential model begin with its first layer", () => {
    expect(namesOfConnections(sequential([input([2]), dense(3), dense(4)]), false)).toEqual(["dense → dense_1"]);
  });
});

describe("the layout", () => {
  const overlap = (a: Rectangle, b: Rectangle): boolean =>
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const within = (inner: Rectangle, outer: Rectangle): boolean =>
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height;

  test.each(["TB", "LR"] as const)("keeps boxes apart, in their frames and in the picture: %s", (rankdir) => {
    const plotted = plottedModel(nested(), true);
    const boxes = new Map(plotted.layers.map(({ id, layer }) => [id, layerBox(layer, EVERYTHING)]));
    const picture = layOut(plotted, boxes, rankdir);
    const areas = picture.boxes.map(({ id, frame, at, box }) => ({ id, frame, ...at, ...box }));
    for (const [index, area] of areas.entries()) {
      for (const other of areas.slice(index + 1)) expect(overlap(area, other), `${area.id} ${other.id}`).toBe(false);
      for (const { id, area: frame } of picture.frames) {
        expect(area.frame === id ? within(area, frame) : !overlap(area, frame), `${area.id} in ${id}`).toBe(true);
      }
      expect(within(area, { x: 0, y: 0, ...picture })).toBe(true);
    }
    const first = areas.find(({ id }) => id === "0")!;
    const rest = areas.filter(({ id }) => id !== "0");
    const along = rankdir === "TB" ? "y" : "x";
    expect(rest.every((area) => area[along] > first[along])).toBe(true);
  });

  test("makes boxes as wide as their texts", () => {
    for (const { layer } of plottedModel(nested(), true).layers) {
      const box = layerBox(layer, EVERYTHING);
      for (const { x, width, runs } of box.cells) {
        expect(runs.reduce((sum, run) => sum + run.width, 0)).toBeLessThanOrEqual(width - 20);
        expect(x + width).toBeLessThanOrEqual(box.width + 1e-9);
      }
    }
  });
});

describe("the picture", () => {
  const textsOf = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/gu)].map(([, text]) => text!);

  test("says what Keras's says", () => {
    const svg = plotModel(nested(), { ...EVERYTHING, expandNested: true });
    const texts = textsOf(svg);
    expect(texts.slice(0, 2)).toEqual(["chain", "inner"]);
    expect(texts.join("")).toContain("start (InputLayer)Output shape: (None, 8, 8, 1)");
    expect(texts.join("")).toContain(
      "conv (Conv2D)Activation: linearInput shape: (None, 8, 8, 1)Output shape: (None, 8, 8, 2)Trainable",
    );
    expect(texts.join("")).toContain("Input shape: (None, 4)Output shape: (None, 4)Non-trainable");
    expect(texts.join("")).toContain("sum (Add)Input shape: [(None, 4), (None, 4)]Output shape: (None, 4)");
    const classes = ["InputLayer", "Sequential", "Functional", "Dense", "Add", "Flatten", "Concatenate"];
    expect(textsOf(plotModel(nested())).toSorted()).toEqual(classes.toSorted());
    expect(svg.match(/<polygon/gu)).toHaveLength(12);
  });

  test("is the same for the same model, and well-formed", () => {
    const svg = plotModel(nested(), EVERYTHING);
    expect(plotModel(nested(), EVERYTHING)).toBe(svg);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/u);
    for (const tag of ["g", "text", "svg", "title"]) {
      expect(svg.match(new RegExp(`<${tag}[ >]`, "gu"))?.length).toBe(svg.match(new RegExp(`</${tag}>`, "gu"))?.length);
    }
    expect(svg).not.toMatch(/NaN|undefined|Infinity/u);
  });

  test("shows names as they are, whatever is in them", () => {
    const start = input([2], { name: `<script>"&'\u0007` });
    const svg = plotModel(model(start, dense(1)(start), { name: "</title>" }), { showLayerNames: true });
    expect(textsOf(svg)[0]).toBe(`&lt;script&gt;&quot;&amp;'\uFFFD`);
    expect(svg).toContain("<title>&lt;/title&gt;</title>");
  });

  test("needs shapes", () => {
    expect(() => plotModel(sequential([dense(2)], { name: "late" }))).toThrow(
      'the shapes in model "late" are not known yet',
    );
  });
});
