import { dataset } from "@sandglass/core";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { RunRecord } from "../runs/run-record.ts";
import type { Examination } from "../examination/examine.ts";
import { html } from "./html.ts";
import { formatCount, formatDuration, formatFigure, formatSamples, formatShare } from "./number-format.ts";
import { renderReport } from "./render-report.ts";

const record: RunRecord = {
  version: 1,
  state: "finished",
  command: "sandglass train 'a <b>' --epochs 2",
  started: "2026-11-21T01:02:03.000Z",
  data: { name: "a <b>", source: "a <b>", count: 10, shape: [2, 2, 1], sha256: "ab12", validation: 4 },
  model: { family: "deep", parameters: 1234, code: [2] },
  training: {
    epochs: 2,
    batchSize: 3,
    optimizer: "adam",
    learningRate: 0.001,
    loss: "bce",
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

/** Four samples of two classes; sample 3 comes back worst. */
const examination: Examination = {
  data: dataset("a <b>", [2, 2, 1], new Uint8Array(16).fill(255), {
    labels: Uint8Array.of(0, 1, 0, 1),
    classNames: ["cat & dog", "fish"],
  }),
  reconstructions: new Float32Array(16),
  errors: Float64Array.of(0.01, 0.02, 0.03, 0.04),
  mse: 0.025,
  explainedVariance: 0.8,
};

async function render(changes: Partial<RunRecord> = {}): Promise<Document> {
  const text = await renderReport({ record: { ...record, ...changes }, history, summary: "layer <1>", examination });
  return parseHTML(text).document;
}

describe("the report", () => {
  test("shows what was trained, on what, and how well", async () => {
    const page = await render();
    expect(page.querySelector("h1")!.textContent).toBe("deep on a <b>");
    const figures = [...page.querySelectorAll(".figure dd:not(.detail)")].map(({ textContent }) => textContent);
    expect(figures).toEqual(["0.01250", "80.0 %", "2 : 1", "1,234", "1 min 5 s"]);
    expect(page.querySelector("pre.command")!.textContent).toBe(record.command);
    expect(page.querySelector(".notice")).toBeNull();
  });

  test("draws a chart for each figure, with a curve for training and one for validation", async () => {
    const charts = [...(await render()).querySelectorAll("figure")];
    expect(charts.map((chart) => chart.querySelector("strong")!.textContent)).toEqual([
      "Binary crossentropy, the loss",
      "Mean squared error",
    ]);
    for (const chart of charts) {
      const curves = [...chart.querySelectorAll('[stroke^="var("]')].map((curve) => curve.getAttribute("stroke"));
      expect(curves).toEqual(["var(--training)", "var(--validation)"]);
    }
    expect(charts[0]!.querySelector("title")!.textContent).toBe("epoch 1, training: 0.9000");
    expect(charts[0]!.textContent).toContain("validation 0.4500");
  });

  test("groups samples by class, and shows the hardest first", async () => {
    const cards = [...(await render()).querySelectorAll("article.card")];
    expect(cards.map((card) => card.querySelector("h3")!.textContent.replaceAll(/\s+/gu, " ").trim())).toEqual([
      "cat & dog 0.02000",
      "fish 0.03000",
    ]);
    expect(cards[1]!.querySelectorAll("img")).toHaveLength(4);
    const hardest = (await render()).querySelector("div.card .pair")!;
    expect(hardest.getAttribute("title")).toBe("sample 3, mean squared error 0.04000");
  });

  test("needs nothing but itself", async () => {
    const page = await render();
    const sources = [...page.querySelectorAll("[src], [href]")].map((element) => element.getAttribute("src") ?? "");
    expect(sources.length).toBeGreaterThan(0);
    expect(sources.every((source) => source.startsWith("data:image/png;base64,"))).toBe(true);
  });

  test("says when a training ended otherwise than planned", async () => {
    const note = "training diverged: the loss became NaN in step 3 of epoch 2";
    const page = await render({ state: "diverged", result: { ...record.result, note } });
    expect(page.querySelector(".notice.bad")!.textContent).toContain("the loss became NaN in step 3 of epoch 2.");
  });

  test("does without curves before the first epoch, and without pictures of what is no image", async () => {
    const table = dataset("table", [4], new Float32Array(16));
    const text = await renderReport({ record, history: [], summary: "", examination: { ...examination, data: table } });
    const page = parseHTML(text).document;
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
  expect(formatCount(1234567.8)).toBe("1,234,568");
  expect([formatSamples(1), formatSamples(2000, "validation")]).toEqual(["1 sample", "2,000 validation samples"]);
});
