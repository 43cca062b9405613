/**
 * MobileNetV2 1.0 as the WebNN samples have it: a folder with an array of NumPy for each kernel and each bias, batch normalization
 * folded in. (webmachinelearning/test-data, `models/mobilenetv2_nhwc`; weights of TensorFlow's `mobilenet_v2_1.0_224`.)
 */
import { readNpy } from "../../formats/npy/index.ts";
import { formatShape } from "../../graph/tensor-type.ts";
import type { Shape } from "../../graph/tensor-type.ts";
import type { Functional } from "../../nn/model/functional.ts";
import type { LayerWeights } from "../weights/weighted-layer.ts";
import { WeightsFileError } from "../weights/weights-file-error.ts";
import { assignNetwork } from "./assign-network.ts";
import { mobileNetV2 } from "./mobile-net-v2.ts";
import type { MobileNetV2Options } from "./mobile-net-v2.ts";

/** The bytes of a file of the folder, by its name. */
export type ReadFile = (name: string) => Promise<Uint8Array>;

/** The numbers of the kernels' files, `Const_<number>.npy`: block by block, those that widen, filter and narrow. */
const KERNELS = {
  first: 90,
  blocks: [
    [238, 167],
    [165, 99, 73],
    [3, 119, 115],
    [255, 216, 157],
    [227, 221, 193],
    [243, 102, 215],
    [226, 163, 229],
    [104, 254, 143],
    [25, 142, 202],
    [225, 129, 98],
    [169, 2, 246],
    [162, 87, 106],
    [52, 22, 40],
    [114, 65, 242],
    [203, 250, 92],
    [133, 130, 258],
    [60, 248, 100],
  ],
  last: 71,
  classifier: 222,
} as const;

/** The parts of a block in the names of the biases' files, from the last one back. */
const PARTS = ["project_Conv2D", "depthwise_depthwise", "expand_Conv2D"] as const;

interface FolderLayer {
  readonly className: LayerWeights["className"];
  readonly kernel: number;
  readonly bias: string;
}

/**
 * A MobileNetV2 with the weights of such a folder. Its classifier counts a class "background" first, which is left out here.
 *
 * @param read gives the bytes of a file of the folder; what it throws passes through.
 * @param options as for `mobileNetV2`, alpha and the classes being those of the folder: 1 and 1000.
 * @throws WeightsFileError when an array has another shape.
 */
export async function loadMobileNetV2Folder(
  read: ReadFile,
  options: Omit<MobileNetV2Options, "alpha" | "classes"> = {},
): Promise<Functional> {
  const network = mobileNetV2(options);
  const layers = [...convolutions(), ...(options.includeTop === false ? [] : [CLASSIFIER])];
  const weights: LayerWeights[] = [];
  for (const layer of layers) weights.push(await readLayer(read, layer));
  assignNetwork(network, weights);
  return network;
}

const CLASSIFIER: FolderLayer = {
  className: "Dense",
  kernel: KERNELS.classifier,
  bias: "Logits_Conv2d_1c_1x1_Conv2D",
};

function convolutions(): readonly FolderLayer[] {
  const blocks = KERNELS.blocks.flatMap((kernels, index) => {
    const prefix = index === 0 ? "expanded_conv" : `expanded_conv_${index}`;
    return kernels.map((kernel, place): FolderLayer => {
      const part = PARTS[kernels.length - 1 - place] as string;
      return {
        className: part === "depthwise_depthwise" ? "DepthwiseConv2D" : "Conv2D",
        kernel,
        bias: `${prefix}_${part}`,
      };
    });
  });
  return [
    { className: "Conv2D", kernel: KERNELS.first, bias: "Conv_Conv2D" },
    ...blocks,
    { className: "Conv2D", kernel: KERNELS.last, bias: "Conv_1_Conv2D" },
  ];
}

async function readLayer(read: ReadFile, { className, kernel, bias }: FolderLayer): Promise<LayerWeights> {
  const file = `Const_${kernel}.npy`;
  const { shape, data } = await readFloats(read, file);
  const biases = await readFloats(read, `MobilenetV2_${bias}_bias.npy`);
  const name = `${file} (${bias})`;
  if (shape.length !== 4) {
    throw new WeightsFileError(`${name} must hold four axes, [out, height, width, in]; ${formatShape(shape)} came`);
  }
  if (className === "DepthwiseConv2D") {
    // [1, height, width, channels] → [height, width, channels, 1]: the same values in the same order.
    return { className, name, kernelShape: [...shape.slice(1), 1], kernel: data, bias: biases.data };
  }
  const [out, height, width, channels] = shape as readonly [number, number, number, number];
  const turned = outputsLast(data, out);
  if (className === "Conv2D") {
    return { className, name, kernelShape: [height, width, channels, out], kernel: turned, bias: biases.data };
  }
  return {
    className,
    name,
    kernelShape: [channels, out - 1],
    kernel: turned.filter((_, index) => index % out > 0),
    bias: biases.data.slice(1),
  };
}

/** [out, …] → […, out] */
function outputsLast(data: Float32Array, out: number): Float32Array {
  const size = data.length / out;
  const turned = new Float32Array(data.length);
  for (let o = 0; o < out; o++) for (let i = 0; i < size; i++) turned[i * out + o] = data[o * size + i] as number;
  return turned;
}

async function readFloats(read: ReadFile, name: string): Promise<{ shape: Shape; data: Float32Array }> {
  const { shape, data } = readNpy(await read(name));
  if (data instanceof Float32Array) return { shape, data };
  throw new WeightsFileError(`${name} must hold float32`);
}
