import { describe, expect, test } from "vitest";
import { flopsPerStep, multiplyAdds } from "./flops.ts";
import { autoencoderOf, workloadByName, type Workload } from "./workloads.ts";

describe("multiplyAdds", () => {
  test("counts the convolutional autoencoder's taps inside the image, layer by layer", () => {
    // Along an axis of n positions, a "same" kernel of 3 has 3n − 2 taps inside.
    const layers = [
      82 ** 2 * 16,
      40 ** 2 * 16 * 8,
      19 ** 2 * 64,
      10 ** 2 * 64,
      22 ** 2 * 64,
      42 ** 2 * 128,
      82 ** 2 * 16,
    ];
    const forward = layers.reduce((sum, count) => sum + count);
    expect(multiplyAdds(workloadByName("conv-autoencoder"))).toEqual({ forward, train: 3 * forward - 82 ** 2 * 16 });
  });

  test("counts the dense autoencoder's products of features and units", () => {
    const forward = 2 * (784 * 128 + 128 * 64 + 64 * 32);
    expect(multiplyAdds(workloadByName("dense-autoencoder"))).toEqual({ forward, train: 3 * forward - 784 * 128 });
  });

  test("counts a transposed convolution as the convolution that it transposes", () => {
    // Stride 2 over an even size pads one position at the end, so each axis loses one tap of 3n.
    const outer = 95 ** 2 * 3 * 32;
    const inner = 47 ** 2 * 32 * 64;
    const forward = 2 * (outer + inner);
    expect(multiplyAdds(workloadByName("strided-autoencoder"))).toEqual({ forward, train: 3 * forward - outer });
  });

  test("counts both halves of the variational autoencoder, whose decoder needs the gradient of its input", () => {
    const forward = 784 * 400 + 400 * 40 + 20 * 400 + 400 * 784;
    expect(multiplyAdds(workloadByName("dense-vae"))).toEqual({ forward, train: 3 * forward - 784 * 400 });
  });

  test("counts what the two updates of the GAN need of its two networks", () => {
    // A kernel of 4 with stride 2 pads one position on either side, so each axis of n positions loses two taps of 2n.
    const [image, middle] = [54 ** 2 * 64, 26 ** 2 * 64 * 128];
    const generator = 100 * 6272 + middle + image;
    const discriminator = image + middle + 6272;
    // Two passes of the discriminator with all gradients but that of the image, the generator forward.
    const first = generator + 2 * (3 * discriminator - image);
    // The discriminator forward and to the image, and all of the generator but the gradient of the noise.
    const second = 2 * discriminator + 3 * generator - 100 * 6272;
    expect(multiplyAdds(workloadByName("dcgan"))).toEqual({ forward: generator, train: first + second });
  });

  test("refuses a transposed convolution whose padding it cannot count", () => {
    const workload = autoencoderOf(workloadByName("strided-autoencoder"));
    const layers = workload.layers.map((layer) =>
      layer.kind === "conv2dTranspose" ? { ...layer, padding: "valid" as const } : layer,
    );
    const changed: Workload = { ...workload, layers };
    expect(() => multiplyAdds(changed)).toThrow('conv2dTranspose with padding "valid" is not counted; expected "same"');
  });
});

test("flopsPerStep is two operations per multiply-add and sample", () => {
  const workload = workloadByName("dense-autoencoder");
  expect(flopsPerStep(workload, "infer", 128)).toBe(2 * 128 * 221_184);
  expect(flopsPerStep(workload, "train", 128)).toBe(2 * 128 * 563_200);
});
