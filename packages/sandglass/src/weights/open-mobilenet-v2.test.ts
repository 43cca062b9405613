import { createHash } from "node:crypto";
import { join } from "node:path";
import { applications, saveModel, saveWeights } from "@sandglass/core";
import { beforeAll, describe, expect, it } from "vitest";
import * as servers from "../data/testing/file-server.ts";
import { testFolder } from "../data/testing/test-folder.ts";
import { UserError } from "../errors.ts";
import { officialFile } from "./official-file.ts";
import { openMobileNetV2 } from "./open-mobilenet-v2.ts";

const options = { alpha: 0.35, inputShape: [96, 96, 3], includeTop: false } as const;
const name = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_0.35_96_no_top.h5";
const network = applications.mobileNetV2(options);
let bytes = new Uint8Array();

beforeAll(async () => {
  bytes = new Uint8Array(await saveWeights(network, { format: "legacy" }));
});

function expectWeights(actual: Pick<typeof network, "getWeights">): void {
  const expected = network.getWeights();
  const weights = actual.getWeights();
  expect(weights).toHaveLength(expected.length);
  for (const [index, array] of expected.entries())
    expect(weights[index]!.every((value, i) => value === array[i])).toBe(true);
}

describe("the file that Keras offers", () => {
  it.each([
    [{}, "1.0_224"],
    [options, "0.35_96_no_top"],
    [{ alpha: 1.3, inputShape: [150, 150, 3], includeTop: false, classes: 2 }, "1.3_224_no_top"],
    [{ alpha: 0.5, inputShape: [160, 128, 3] }, "0.5_224"],
  ] as const)("for %j is %s", (architecture, ending) => {
    expect(officialFile(architecture)).toBe(`mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${ending}.h5`);
  });

  it("does not exist for other alphas, classes and channels", () => {
    expect(() => officialFile({ alpha: 0.4 })).toThrow(/for alpha 0.35, 0.5, 0.75, 1, 1.3, 1.4; 0.4 came/);
    expect(() => officialFile({ classes: 2 })).toThrow(/1000 classes; 2 came. Ask for includeTop: false/);
    expect(() => officialFile({ inputShape: [96, 96, 1] })).toThrow(/3 channels; 1 came/);
  });
});

describe("ImageNet weights", () => {
  it("are downloaded, also over a bad line, and kept", async () => {
    await using folder = await testFolder();
    await using server = await servers.serveFiles({ [`/${name}`]: bytes }, [servers.cutAfter(500_000), servers.serve]);
    const received: number[] = [];
    const settings = { ...options, cacheDir: folder.path, source: server.url };
    expectWeights(await openMobileNetV2({ ...settings, onProgress: ({ totalBytes }) => received.push(totalBytes) }));
    expect(server.requests.map(({ path }) => path)).toEqual([`/${name}`, `/${name}`]);
    expect(server.requests[1]?.range).toMatch(/^bytes=\d+-$/);
    expect(received.at(-1)).toBe(bytes.length);
    expectWeights(await openMobileNetV2(settings));
    expect(server.requests).toHaveLength(2);
  });

  it("must have the hash that was asked for", async () => {
    await using folder = await testFolder();
    await using server = await servers.serveFiles({ [`/${name}`]: bytes }, [servers.serve]);
    const settings = { ...options, cacheDir: folder.path, source: server.url };
    await expect(openMobileNetV2({ ...settings, sha256: "0".repeat(64) })).rejects.toThrow(
      /could not download the weights of MobileNetV2: .*gave another file: SHA-256/,
    );
    expectWeights(await openMobileNetV2({ ...settings, sha256: createHash("sha256").update(bytes).digest("hex") }));
  });

  it("can be fetched by hand where there is no network, which the error says", async () => {
    await using folder = await testFolder();
    await using server = await servers.serveFiles({}, [servers.serve]);
    const error: unknown = await openMobileNetV2({ ...options, cacheDir: folder.path, source: server.url }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`fetch ${server.url}${name} on another machine, and put it into ${folder.path}`);
    await folder.put({ [name]: bytes });
    expectWeights(await openMobileNetV2({ ...options, cacheDir: folder.path, source: server.url }));
  });

  it("that are damaged are told as such", async () => {
    await using folder = await testFolder();
    await folder.put({ [name]: bytes.subarray(0, 100_000) });
    await expect(openMobileNetV2({ ...options, cacheDir: folder.path })).rejects.toThrow(
      /0.35_96_no_top.h5 gives no weights: .*delete it, and it is fetched again/,
    );
  });
});

describe("weights of the user's own files", () => {
  it("are read from a path", async () => {
    await using folder = await testFolder();
    const weights = await folder.put({ "base.keras": await saveModel(network) });
    expectWeights(await openMobileNetV2({ ...options, weights }));
  });

  it("are refused where they are of another network, or not there", async () => {
    await using folder = await testFolder();
    const weights = await folder.put({ "base.keras": await saveModel(network) });
    await expect(openMobileNetV2({ ...options, alpha: 0.5, weights })).rejects.toThrow(
      /base.keras gives no weights: .*another alpha\. Give a file of MobileNetV2 with the same alpha/,
    );
    await expect(openMobileNetV2({ ...options, weights: join(folder.path, "none.h5") })).rejects.toThrow(
      /there is no file .*none.h5/,
    );
    await expect(openMobileNetV2({ inputShape: [32, 32, 3], weights: folder.path })).rejects.toThrow(
      /there is no file .*Const_90.npy/,
    );
  });
});
