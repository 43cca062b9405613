/**
 * Principal components of real Fashion-MNIST, held to scikit-learn's figures (1.9.1, `svd_solver="covariance_eigh"`, float64) and to
 * published ones. The images are looked for in SANDGLASS_DATA, then beside the repository.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { TestContext } from "vitest";
import { dataset, rows } from "../data/dataset.ts";
import type { Dataset } from "../data/dataset.ts";
import { readIdx } from "../formats/idx/index.ts";
import { Device } from "../runtime/device.ts";
import { principalComponents } from "./pca.ts";
import type { PrincipalComponents } from "./pca.ts";
import { reconstructionErrors } from "./reconstruction-errors.ts";

const dataDir = process.env["SANDGLASS_DATA"] ?? path.join("..", "shared", "data");

async function images(name: string, context: TestContext): Promise<Dataset> {
  const file = path.join(dataDir, "fashion-mnist", `${name}-images-idx3-ubyte.gz`);
  if (!existsSync(file)) context.skip(`there is no Fashion-MNIST in ${dataDir}`);
  const { data } = await readIdx(readFileSync(file));
  return dataset(name, [28, 28, 1], data as Uint8Array);
}

async function expectErrors(
  pca: PrincipalComponents,
  data: Dataset,
  expected: Readonly<Record<number, number>>,
  { digits, device }: { readonly digits: number; readonly device: Device },
): Promise<void> {
  for (const [components, figure] of Object.entries(expected)) {
    const errors = await reconstructionErrors(pca, data, { components: Number(components), device });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    expect(mean, `${components} components`).toBeCloseTo(figure, digits);
  }
}

test("55,000 images give scikit-learn's components", async (context) => {
  const training = rows(await images("train", context), 0, 55_000);
  const heldOut = await images("t10k", context);
  const device = await Device.create();
  const pca = await principalComponents(training, { components: 100, device });
  expect(pca.totalVariance).toBeCloseTo(68.18043598444623, 9);
  for (const [k, expected] of [19.79825292, 12.11461997, 4.10476689].entries()) {
    expect(pca.explainedVariance[k]).toBeCloseTo(expected, 5);
  }
  expect(pca.explainedVariance[99]).toBeCloseTo(0.04505098823860697, 7);
  const figures = { 10: 0.02435158985, 20: 0.01870480111, 50: 0.01198684334, 100: 0.00766167931 };
  await expectErrors(pca, heldOut, figures, { digits: 8, device });
  device.dispose();
});

test("the first 1,000 images have the published errors on themselves", async (context) => {
  const first = rows(await images("train", context), 0, 1000);
  const device = await Device.create();
  const pca = await principalComponents(first, { components: 100, device });
  await expectErrors(pca, first, { 10: 0.0239, 20: 0.0179, 50: 0.0109, 100: 0.0063 }, { digits: 4, device });
  device.dispose();
});
