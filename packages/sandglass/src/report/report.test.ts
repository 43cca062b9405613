import type { Exhibit } from "@sandglass/core";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../runs/run-record.ts";
import { html } from "./html.ts";
import {
  formatAlike,
  formatBriefly,
  formatCount,
  formatDuration,
  formatFigure,
  formatNumber,
  formatSamples,
  formatShare,
  formatVarianceKept,
} from "../text/number-format.ts";
import { renderReport, type ReportContent } from "./render-report.ts";
import { texts } from "./testing/page.ts";

const record: RunRecord = {
  version: 3,
  state: "finished",
  command: "sandglass train 'a <b>' --epochs 2",
  started: "2026-11-21T01:02:03.000Z",
  data: {
    name: "a <b>",
    source: "a <b>",
    shape: [2, 2, 1],
    training: 6,
    validation: 4,
    validatedWith: "held back",
    sha256: "ab12",
    request: { choices: {}, validation: 4, seed: 7 },
  },
  model: { family: "deep", options: { loss: "bce", units: [8, 4], kernel: undefined }, parameters: 1234, code: [2] },
  training: {
    epochs: 2,
    batchSize: 3,
    optimizer: "adam",
    learningRate: 0.001,
    decay: true,
    seed: 7,
    deterministic: false,
  },
  result: {
    epochs: 2,
    seconds: 65,
    samplesPerSecond: 1000,
    figures: { loss: 0.5 },
    reconstruction: { samples: 4, mse: 0.0125, explainedVariance: 0.8 },
  },
  environment: { sandglass: "0.1.0", node: "24.0.0", platform: "linux x64", processor: "One", threads: 2 },
};
const history = [
  { loss: 0.9, mse: 0.2, val_loss: 0.8, val_mse: 0.19 },
  { loss: 0.5, mse: 0.1, val_loss: 0.45, val_mse: 0.09 },
];

const pictures: Exhibit = {
  kind: "grid",
  title: "Samples <1>",
  note: "Drawn & shown.",
  samples: { shape: [1, 1, 1], values: Float32Array.of(0, 1) },
  columns: 2,
};
const points: Exhibit = {
  kind: "scatter",
  title: "Codes",
  note: "Two of them.",
  points: Float32Array.of(0, 0, 1, 1),
  axes: ["x", "y"],
};
const figures: Exhibit = {
  kind: "figures",
  title: "Codebook",
  note: "Its words.",
  figures: [
    { name: "Words in use", value: 201, meaning: "of 256" },
    { name: "Perplexity", value: 143.27 },
  ],
};

async function render(changes: Partial<ReportContent> = {}): Promise<Document> {
  const content = { record, history, summary: "layer <1>", exhibits: [], warnings: [], ...changes };
  return parseHTML(await renderReport(content)).document;
}

describe("the report", () => {
  test("shows what was trained, on what, and how well", async () => {
    const page = await render();
    expect(page.querySelector("h1")!.textContent).toBe("deep on a <b>");
    const figures = [...page.querySelectorAll(".figure dd:not(.detail)")].map(({ textContent }) => textContent);
    expect(figures).toEqual(["0.01250", "80.0 %", "2 : 1", "1,234", "1 min 5 s"]);
    expect(page.querySelector("pre.command")!.textContent).toBe(record.command);
    expect(page.querySelector(".notice")).toBeNull();
    const facts = texts(page, ".facts td");
    expect(facts).toContain("deep, loss bce, units 8 4");
    expect(facts).toContain("adam, learning rate 0.001 falling to 0, batches of 3");
  });

  test("says where the error is that of clean samples", async () => {
    const titles = async (inputs?: "clean"): Promise<string[]> => {
      const reconstruction = { ...record.result.reconstruction!, ...(inputs && { inputs }) };
      return texts(await render({ record: { ...record, result: { ...record.result, reconstruction } } }), ".figure dt");
    };
    expect((await titles())[0]).toBe("Mean squared error");
    expect((await titles("clean"))[0]).toBe("Error on clean samples");
  });

  test("says how many bits a code takes where that is known", async () => {
    const page = await render({ record: { ...record, model: { ...record.model, codeBits: 18 } } });
    expect(texts(page, ".figure")[3]).toBe("Bits of a sample 18 the values as bytes would take 32");
  });

  test("does not call a generator an autoencoder", async () => {
    const { reconstruction, ...result } = record.result;
    expect(reconstruction).toBeDefined();
    const page = await render({ record: { ...record, result } });
    expect(texts(page, ".lead")).toEqual([
      "A generator that makes samples of 2 × 2 × 1 from 2 numbers, trained on 6 samples for 2 epochs.",
    ]);
    expect(texts(page, ".figure dd:not(.detail)")).toEqual(["1,234", "1 min 5 s"]);
  });

  test("squeezes nothing where the code is as large as the sample", async () => {
    const page = await render({ record: { ...record, model: { ...record.model, code: [6] } } });
    expect(texts(page, ".lead")[0]).toMatch(
      /^An autoencoder of samples of 2 × 2 × 1 with an overcomplete code, of 6,/u,
    );
    expect(texts(page, ".figure dt")).not.toContain("Numbers saved");
  });

  test("has no course of what was solved at once", async () => {
    const result = { ...record.result, epochs: 1, samplesPerSecond: 0 };
    const page = await render({ record: { ...record, result }, history: [{ loss: 0.1 }] });
    expect(texts(page, "h2")).toEqual(["The model", "Repeat it"]);
    expect(texts(page, ".lead")[0]).toContain("solved for 6 samples.");
    expect(texts(page, ".facts td")).toContain("solved at once");
    expect(page.body.textContent).not.toContain("samples a second");
  });

  test("has pictures first, then PCA, the curves, the code, the model, and how to repeat it", async () => {
    const comparison = { codeSize: 2, mse: 0.02, modelMse: 0.01 };
    const page = await render({ exhibits: [points, figures, pictures], comparison });
    expect(texts(page, "h2")).toEqual([
      "Samples <1>",
      "Compared with PCA",
      "Training",
      "Codes",
      "Codebook",
      "The model",
      "Repeat it",
    ]);
    expect(texts(page, ".exhibit > p")).toEqual(["Drawn & shown.", "Two of them.", "Its words."]);
    expect(page.querySelectorAll(".exhibit .grid img")).toHaveLength(2);
    expect(texts(page, ".exhibit .figure")).toEqual(["Words in use 201 of 256", "Perplexity 143.3"]);
  });

  test("says how to repeat a training that went on with more epochs, and whether that gives the same weights", async () => {
    const repetition = async (decay: boolean): Promise<(string | null)[]> => {
      const training = { ...record.training, plannedEpochs: 1, decay };
      const page = await render({ record: { ...record, command: "sandglass train a --out b --epochs 1", training } });
      const command = page.querySelector("pre.command")!;
      return [command.textContent, command.nextElementSibling!.textContent];
    };
    expect(await repetition(false)).toEqual([
      "sandglass train a --epochs 2",
      expect.stringContaining("gives the same weights"),
    ]);
    expect((await repetition(true))[1]).toContain("planned for 1 epoch and");
  });

  test("draws a chart for each term, with a curve for training and one for validation", async () => {
    const charts = [...(await render()).querySelectorAll("figure")];
    expect(charts.map((chart) => texts(chart, "strong")[0])).toEqual([
      "Binary crossentropy, the loss",
      "Mean squared error",
    ]);
    for (const chart of charts) {
      const curves = [...chart.querySelectorAll('[stroke^="var("]')].map((curve) => curve.getAttribute("stroke"));
      expect(curves).toEqual(["var(--training)", "var(--validation)"]);
    }
    expect(texts(charts[0]!, ".legend")).toEqual(["training 0.5000", "validation 0.4500"]);
  });

  test("names the phases of a training that has several", async () => {
    const phases = [
      { name: "layer 1", epochs: 1 },
      { name: "fine-tuning", epochs: 3 },
    ];
    const page = await render({ record: { ...record, result: { ...record.result, phases } } });
    expect(page.body.textContent).toContain("In 2 phases: layer 1 (epoch 1), fine-tuning (epochs 2 to 4).");
    expect((await render()).body.textContent).not.toContain("phases");
  });

  test("puts warnings above everything else", async () => {
    const page = await render({ warnings: [{ title: "Collapse", text: "Samples <all> look the same." }] });
    expect(page.querySelector("main")!.firstElementChild!.className).toBe("warning");
    expect(texts(page, ".warning")).toEqual(["Collapse Samples <all> look the same."]);
    expect((await render()).querySelector(".warning")).toBeNull();
  });

  test("needs nothing but itself", async () => {
    const page = await render({ exhibits: [pictures, points] });
    const sources = [...page.querySelectorAll("[src], [href]")].map((element) => element.getAttribute("src") ?? "");
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.every((source) => source.startsWith("data:image/png;base64,"))).toBe(true);
  });

  test("says when a training ended otherwise than planned", async () => {
    const note = "training diverged: the loss became NaN in step 3 of epoch 2";
    const page = await render({ record: { ...record, state: "diverged", result: { ...record.result, note } } });
    expect(page.querySelector(".notice.bad")!.textContent).toContain("the loss became NaN in step 3 of epoch 2.");
    const { reconstruction: _, ...result } = record.result;
    const nothing = { ...record, state: "diverged", result: { ...result, epochs: 0, note } } as const;
    const first = await render({ record: nothing, history: [] });
    expect(texts(first, ".notice.bad")[0]).toContain("the model has learned nothing");
    expect(texts(first, ".lead")[0]).toMatch(/^A model of samples/u);
  });

  test("does without curves before the first epoch, and without pictures when there are none", async () => {
    const page = await render({ history: [] });
    expect(page.querySelector("figure")).toBeNull();
    expect(page.querySelector("img")).toBeNull();
  });
});

test("what is filled into HTML is escaped, but for HTML", () => {
  expect(html`<a title="${'"&<'}">${[html`<b>${1}</b>`, undefined, "<"]}</a>`.text).toBe(
    '<a title="&quot;&amp;&lt;"><b>1</b>&lt;</a>',
  );
});

test("numbers as people read them", () => {
  expect([0.0123, 0.5, 12.345, 4385, 0, 0.00001234, Number.NaN].map(formatFigure)).toEqual([
    "0.01230",
    "0.5000",
    "12.35",
    "4,385",
    "0.000",
    "1.234e-5",
    "NaN",
  ]);
  expect([0.04, 9.96, 61, 3725].map(formatDuration)).toEqual(["0.0 s", "10 s", "1 min 1 s", "1 h 2 min"]);
  expect(formatShare(0.8731)).toBe("87.3 %");
  expect([0.8731, 0, -5.81].map(formatVarianceKept)).toEqual(["87.3 %", "0.0 %", "none: worse than the mean sample"]);
  expect(formatCount(1234567.8)).toBe("1,234,568");
  expect([formatSamples(1), formatSamples(2000, "validation")]).toEqual(["1 sample", "2,000 validation samples"]);
  expect([0.0123, 12.3, 1234.5, 0, 0.00001234].map(formatBriefly)).toEqual(["0.012", "12", "1,235", "0.0", "1.2e-5"]);
  expect([34, 0.5].map(formatNumber)).toEqual(["34", "0.5000"]);
  expect(formatAlike([0.0091, 0.0139])).toEqual(["0.00910", "0.01390"]);
  expect(formatAlike([1200, 3])).toEqual(["1,200", "3"]);
  expect(formatAlike([123.456, Number.NaN])).toEqual(["123.5", "NaN"]);
});
