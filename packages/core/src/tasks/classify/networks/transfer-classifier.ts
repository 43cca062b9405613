/** A new head on a network that has learned before: on other images, or on the same ones without labels. */
import { sizeOf } from "../../../graph/tensor-type.ts";
import type { Shape } from "../../../graph/tensor-type.ts";
import { completeOptions } from "../../../models/options/complete-options.ts";
import { flatten, globalAveragePooling2d, globalMaxPooling2d } from "../../../nn/layers/index.ts";
import { input } from "../../../nn/layers/input-layer.ts";
import type { SymbolicTensor } from "../../../nn/layers/layer.ts";
import { cloneModel } from "../../../nn/model/clone-model.ts";
import { model } from "../../../nn/model/functional.ts";
import type { Model } from "../../../nn/model/model.ts";
import { classOutput } from "./class-output.ts";
import type { ClassifierNetwork } from "./classifier-network.ts";
import { fitSample } from "./fit-sample.ts";
import type { InputValues } from "./fit-sample.ts";
import { transferOptions } from "./transfer-options.ts";
import type { TransferOptions } from "./transfer-options.ts";

export interface TransferSettings extends TransferOptions {
  readonly numClasses: number;
  /** Of a sample; that of the base's input unless given. Grey images do for a base that takes colors. */
  readonly shape?: Shape | undefined;
  /** The values that the base takes: `symmetric` ones, from −1 to 1, as MobileNetV2 does, or `pixels`, from 0 to 255. `unit`, from 0 to 1, unless given. */
  readonly inputValues?: InputValues | undefined;
}

/** From so many maps on, each of them says something of its own, wherever it is seen. */
const MANY_MAPS = 256;
/** More numbers than these of one sample are too many for a head to learn from few samples. */
const MOST_NUMBERS = 4096;

/**
 * A classifier on a copy of a base, which is frozen: with `unfreezeFrom`, some of it learns, too.
 *
 * @param base without a head (`featureBase` cuts it off), its output maps [height, width, channels] or features [n].
 * @throws RangeError when an option is unknown, or a value is not what it may be.
 * @throws GraphError when samples do not fit the base, or there are fewer than two classes.
 * @example
 * const base = await loadMobileNetV2(bytes, { alpha: 0.35, includeTop: false });
 * const { model } = transferClassifier(base, { numClasses: 2, inputValues: "symmetric" });
 */
export function transferClassifier(
  base: Model,
  { numClasses, shape, inputValues = "unit", ...given }: TransferSettings,
): ClassifierNetwork {
  const { pooling, units = [], dropout } = completeOptions("transfer", transferOptions, given);
  const [{ shape: expected }] = base.inputs as readonly [SymbolicTensor];
  const copy = cloneModel(base);
  copy.setWeights(base.getWeights());
  copy.trainable = false;
  const sample = input(shape ?? expected, { name: "sample" });
  const maps = copy(fitSample(sample, expected, inputValues));
  const features = model(sample, pooled(maps, pooling ?? poolingFor(maps.shape)), { name: "features" });
  const seen = input(features.output.shape, { name: "features_of_sample" });
  const output = classOutput(seen, { numClasses, units, activation: "relu", dropout });
  const head = model(seen, output, { name: "head" });
  const whole = model(sample, head(features(sample)), { name: "classifier" });
  return { model: whole, transfer: { features, base: copy, head } };
}

type Pooling = NonNullable<TransferOptions["pooling"]>;

function poolingFor(shape: Shape): Pooling {
  const isMany = (shape.at(-1) as number) >= MANY_MAPS || sizeOf(shape) > MOST_NUMBERS;
  return shape.length === 3 && isMany ? "average" : "flatten";
}

function pooled(maps: SymbolicTensor, pooling: Pooling): SymbolicTensor {
  if (maps.shape.length === 1) return maps;
  if (pooling === "flatten" || maps.shape.length !== 3 || sizeOf(maps.shape) === maps.shape[2]) return flatten()(maps);
  return pooling === "average" ? globalAveragePooling2d()(maps) : globalMaxPooling2d()(maps);
}
