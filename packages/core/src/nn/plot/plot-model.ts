import { GraphError } from "../../graph/error.ts";
import type { Model } from "../model/model.ts";
import { drawSvg } from "./draw-svg.ts";
import { layOut } from "./lay-out.ts";
import { layerBox } from "./layer-box.ts";
import type { BoxOptions } from "./layer-box.ts";
import { plottedModel } from "./plotted-model.ts";

export interface PlotModelOptions extends BoxOptions {
  /** From top to bottom (`TB`) unless given, or from left to right. */
  readonly rankdir?: "TB" | "LR";
  /** Whether to show the layers of models within the model, in a frame; false unless given. */
  readonly expandNested?: boolean;
}

/**
 * A picture of the model's layers and how they are connected, as Keras's `plot_model`: the text of an SVG file. The same text for
 * the same model.
 *
 * @throws GraphError when the shapes of the model are not known yet.
 * @example
 * await writeFile("model.svg", plotModel(autoencoder, { showShapes: true, showLayerNames: true }));
 */
export function plotModel(model: Model, options: PlotModelOptions = {}): string {
  const { rankdir = "TB", expandNested = false, ...boxOptions } = options;
  if (!model.built) {
    throw new GraphError(
      `the shapes in model "${model.name}" are not known yet; call it on data once, or give inputShape`,
    );
  }
  const plotted = plottedModel(model, expandNested);
  const boxes = new Map(plotted.layers.map(({ id, layer }) => [id, layerBox(layer, boxOptions)]));
  return drawSvg(layOut(plotted, boxes, rankdir), model.name);
}
