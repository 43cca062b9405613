/** Trains the default model on a table for an epoch: `node train-table.ts FILE`. Prints times and the peak of the memory as JSON. */
import { models } from "@sandglass/core";
import { openForTraining } from "sandglass";

const [path = ""] = process.argv.slice(2);
const started = performance.now();
const data = await openForTraining(path, { choices: {}, validation: undefined, seed: 0 });
const opened = performance.now();
const model = models.deep({ seed: 0 });
const validation = data.validation && { validationData: data.validation };
await model.fit(data.training, { epochs: 1, seed: 0, ...validation });
const trained = performance.now();
await model.dispose();
await data.close();
process.stdout.write(
  JSON.stringify({
    openSeconds: Number(((opened - started) / 1000).toFixed(1)),
    epochSeconds: Number(((trained - opened) / 1000).toFixed(1)),
    features: data.training.shape[0],
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
