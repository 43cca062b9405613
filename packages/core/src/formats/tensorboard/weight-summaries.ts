import type { TrainableModel } from "../../nn/training/model-graph.ts";
import { weightImages } from "./images.ts";
import type { Summary } from "./messages.ts";
import { histogramSummary, imageSummary } from "./summaries.ts";

/** How the weights of all layers are distributed, and what they look like if asked for. */
export function weightSummaries(model: TrainableModel, withImages: boolean): Summary[] {
  return model.layers.flatMap(({ variables }) =>
    variables.flatMap((variable) => {
      const values = variable.read();
      const images = withImages ? weightImages(variable.shape, values) : undefined;
      return [
        histogramSummary(`${variable.path}/histogram`, values),
        ...(images === undefined ? [] : [imageSummary(`${variable.path}/image`, images)]),
      ];
    }),
  );
}
