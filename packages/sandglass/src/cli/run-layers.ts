/** What `sandglass layers` does. */
import { dirname } from "node:path";
import { counted, GraphError, isStreamed, layerExhibits, readSamples, rows, selectStreamed } from "@sandglass/core";
import type { AnyDataset, Dataset, Device, Exhibit, Model } from "@sandglass/core";
import { makeFolder } from "../data/make-folder.ts";
import { UserError } from "../errors.ts";
import { renderExhibitsPage } from "../report/index.ts";
import { loadKind, loadRun } from "../runs/load-run.ts";
import { writeWholeFile } from "../runs/write-file.ts";
import { someNames } from "../text/some-names.ts";
import { checkFree } from "./check-free.ts";
import type { LayersArguments } from "./commands/layers.ts";
import type { Context } from "./context.ts";
import { withClassifierData } from "./with-classifier-data.ts";
import { withDevice } from "./with-device.ts";
import { withRunData, type RunDataRequest } from "./with-run-data.ts";

export async function runLayers(
  context: Context,
  typed: string,
  source: string,
  { split, sample: number, layer, out, force = false }: LayersArguments,
): Promise<void> {
  const { output, signal } = context;
  await checkFree(out, { force, what: "page", example: "layers.html" });
  const request = { source, half: split, count: number + 1 };
  const withNetwork = (await loadKind(typed)) === "classifier" ? withClassifier : withEncoder;
  const { exhibits, lead } = await withNetwork(context, typed, request, async ({ network, title, data, device }) => {
    const image = data.count === 1 ? data.name : `image ${number} of ${data.name}`;
    return {
      exhibits: await show(network, await oneSample(data, number), { layers: layer, device, signal }),
      lead: `What ${title} sees in ${image}, layer by layer.`,
    };
  });
  signal.throwIfAborted();
  const page = await renderExhibitsPage({ title: "Filters and feature maps", lead, exhibits });
  await makeFolder(dirname(out));
  await writeWholeFile(out, page);
  const shown = exhibits.map(({ title }) => title);
  output.result(`${counted(shown.length, "section")} on ${out}: ${someNames(shown)}`, { page: out, sections: shown });
}

/** What looks at images, and the images. */
interface Looking {
  readonly network: Model;
  /** `the encoder of runs/last (conv)` */
  readonly title: string;
  readonly data: AnyDataset;
  readonly device: Device;
}

type WithNetwork = <Result>(
  context: Context,
  typed: string,
  request: RunDataRequest,
  use: (looking: Looking) => Promise<Result>,
) => Promise<Result>;

const withEncoder: WithNetwork = (context, typed, request, use) =>
  withRunData(context, typed, request, ({ data, record }) => {
    const deterministic = context.globals.deterministic ?? record.training.deterministic;
    return withDevice({ ...context.globals, deterministic }, async (device) => {
      const { model } = await loadRun(typed, { device });
      const { encoder } = model.network;
      if (encoder === undefined) {
        throw new UserError(
          `the run ${typed} is of the model "${model.family.name}", which has no encoder that looks at images`,
        );
      }
      return use({ network: encoder, title: `the encoder of ${typed} (${model.family.name})`, data, device });
    });
  });

const withClassifier: WithNetwork = (context, typed, request, use) =>
  withClassifierData(context, typed, request, ({ classifier, record, data, device }) =>
    use({ network: classifier.model, title: `the classifier of ${typed} (${record.model.family})`, data, device }),
  );

/** @throws UserError when there is no sample of the number. */
async function oneSample(data: AnyDataset, number: number): Promise<Dataset> {
  if (number >= data.count) {
    throw new UserError(`${data.name} has samples 0 to ${data.count - 1}; --sample ${number} came`, { exitCode: 2 });
  }
  return isStreamed(data)
    ? readSamples(selectStreamed(data, Uint32Array.of(number)))
    : Promise.resolve(rows(data, number, number + 1));
}

/** What cannot be shown is the user's to mend: another model, or another name of a layer. */
async function show(
  network: Model,
  sample: Dataset,
  options: NonNullable<Parameters<typeof layerExhibits>[2]>,
): Promise<readonly Exhibit[]> {
  try {
    return await layerExhibits(network, sample, options);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof GraphError)) throw error;
    throw new UserError(error.message, { cause: error });
  }
}
