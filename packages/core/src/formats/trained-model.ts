import { Model } from "../nn/model/model.ts";
import type { TrainingView } from "../nn/training/callback.ts";

/** The model of a training, with all that models can do: what `fit` trains is one. */
export function trainedModel({ model }: TrainingView): Model {
  if (model instanceof Model) return model;
  throw new TypeError(`${model.describe()} is being trained and is no model; callbacks that write files need one`);
}
