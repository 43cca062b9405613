// Noisy images and clean ones in two folders: a model learns to make the one of the other, and does it with images that it has not seen.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { picture } from "../images/decode/testing/image-files.ts";
import { refusal } from "./testing/outcome.ts";
import { runCli } from "./testing/run-cli.ts";
import { temporaryFolders } from "./testing/temporary-folder.ts";

const newFolder = temporaryFolders();
const SIDE = 16;
const COUNTS = { train: 240, test: 40 } as const;

/** Light discs on a dark ground, each as it is and with noise, in `clean` and `noisy` under the same names. */
async function writePairs(cwd: string): Promise<void> {
  for (const [part, count] of Object.entries(COUNTS)) {
    for (let number = 0; number < count; number++) {
      const seed = number + (part === "test" ? 1000 : 0);
      const centre = [4 + 8 * fraction(seed, 0), 4 + 8 * fraction(seed, 1)] as const;
      const radius = 2 + 3 * fraction(seed, 2);
      const value = (x: number, y: number): number => {
        const inside = radius + 0.5 - Math.hypot(x - centre[0], y - centre[1]);
        return 40 + 160 * Math.min(1, Math.max(0, inside));
      };
      const noise = (x: number, y: number): number => 140 * (fraction(seed, 10 + x + SIDE * y) - 0.5);
      await save(cwd, `clean/${part}/${number}.png`, value);
      await save(cwd, `noisy/${part}/${number}.png`, (x, y) => clipped(value(x, y) + noise(x, y)));
    }
  }
}

async function save(cwd: string, name: string, value: (x: number, y: number) => number): Promise<void> {
  const path = join(cwd, name);
  mkdirSync(dirname(path), { recursive: true });
  await picture(SIDE, SIDE, 1, (x, y) => Math.round(value(x, y)))
    .png()
    .toFile(path);
}

function clipped(value: number): number {
  return Math.min(255, Math.max(0, value));
}

/** From 0 to 1, the same for the same numbers. */
function fraction(seed: number, index: number): number {
  const x = Math.sin(seed * 127.1 + index * 311.7) * 43758.5453;
  return x - Math.floor(x);
}

test("from noisy to clean images: train, evaluate, reconstruct, resume", async () => {
  const cwd = newFolder();
  await writePairs(cwd);
  rmSync(join(cwd, "clean/train/7.png"));
  const words = ["train", "noisy", "--target", "clean", "--code", "0", "--filters", "16,16", "--augment", "flip=both"];
  const trained = await runCli([...words, "--epochs", "25", "--batch-size", "16", "--seed", "1", "--out", "run"], {
    cwd,
  });
  expect(trained).toMatchObject({ code: 0 });
  expect(trained.stderr).toContain("1 of 280 images have no target in clean and are left out: train/7.png");
  expect(trained.stdout).toMatch(
    /mse of inputs +0\.\d+ against the same targets\nPSNR +\d\d\.\d dB; of the inputs \d\d\.\d dB/u,
  );
  expect(trained.stdout).not.toContain("PCA");
  const { data, result } = JSON.parse(readFileSync(join(cwd, "run/run.json"), "utf8"));
  expect([data.training, data.validation, data.request.choices.target]).toEqual([215, 24, "clean"]);
  const { mse, targets } = result.reconstruction;
  // Less than half of the noise is left, on pairs that it was not trained on.
  expect(mse).toBeLessThan(0.5 * targets.inputMse);
  expect(targets.psnr).toBeGreaterThan(targets.inputPsnr + 3);
  const report = readFileSync(join(cwd, "run/report.html"), "utf8");
  for (const text of ["Typical pairs", "input", "output", "target", "Error against targets", "its target alike"]) {
    expect(report).toContain(text);
  }
  expect(JSON.parse(readFileSync(join(cwd, "run/preparation.json"), "utf8"))).toMatchObject({
    kind: "images",
    plan: { height: SIDE, width: SIDE, channels: 1 },
  });

  const evaluated = await runCli(["evaluate", "run", "noisy", "--target", "clean", "--json"], { cwd });
  const figures = JSON.parse(evaluated.stdout);
  expect(figures.data).toMatchObject({ split: "test", count: COUNTS.test, target: "clean" });
  expect(figures.figures.mse).toBeLessThan(0.5 * figures.targets.inputMse);
  const withoutTargets = await runCli(["evaluate", "run", "noisy", "--json"], { cwd });
  expect(withoutTargets.stderr).toContain("the run learned to make targets, and none came");
  // What the model makes is farther from what came in than from what it was to make.
  expect(JSON.parse(withoutTargets.stdout).figures.mse).toBeGreaterThan(figures.figures.mse);

  const written = await runCli(["reconstruct", "run", "noisy", "--count", "3", "--out", "pictures"], { cwd });
  expect(written).toMatchObject({ code: 0 });
  expect(readdirSync(join(cwd, "pictures")).length).toBeGreaterThanOrEqual(3);

  expect(await runCli(["resume", "run", "--epochs", "26"], { cwd })).toMatchObject({ code: 0 });
  // The same inputs and as many targets, of which two are the same.
  copyFileSync(join(cwd, "clean/train/8.png"), join(cwd, "clean/train/9.png"));
  const { error } = refusal(await runCli(["resume", "run", "--epochs", "27"], { cwd }));
  expect(error).toContain("are not those of the run");
});

test("targets that cannot be learned, or are none, are refused before the training", async () => {
  const cwd = newFolder();
  await save(cwd, "noisy/a.png", (x) => x);
  await save(cwd, "clean/b.png", (x) => x);
  const refused = async (...words: readonly string[]): Promise<string> =>
    refusal(await runCli([...words, "--target", "clean"], { cwd })).error;
  expect(await refused("train", "noisy")).toContain("no image of noisy has a partner in clean");
  expect(await refused("train", "clean")).toContain("--target clean names the images of clean themselves");
  expect(await refused("train", "noisy", "--model", "gan")).toMatch(
    /the model "gan" learns only what images look like; leave it out, or take one of vanilla, deep, conv, .*vq-vae/u,
  );
  expect(await refused("train", "wardrobe")).toContain("--target is for images");
  expect(await refused("classify", "train", "noisy")).toContain("a classifier says its class");
});
