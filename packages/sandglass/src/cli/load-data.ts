import type { Dataset } from "@sandglass/core";
import { loadDataset, type DownloadProgress, type LoadOptions } from "../data/index.ts";
import type { Context } from "./context.ts";

/** Loads what the user named as DATA, and says how a download goes. */
export async function loadData(
  { globals, output, signal }: Context,
  source: string,
  options: Pick<LoadOptions, "split" | "count" | "seed">,
): Promise<Dataset> {
  const { dataDir, seed } = globals;
  return loadDataset(source, {
    seed,
    ...options,
    dataDir: dataDir ?? process.env["SANDGLASS_DATA"],
    signal,
    onProgress: describeDownload((line) => output.note(line)),
  });
}

/** A line when a file begins, and one for every quarter of it. */
function describeDownload(note: (line: string) => void): (progress: DownloadProgress) => void {
  const quarters = new Map<string, number>();
  return ({ url, receivedBytes, totalBytes }) => {
    const quarter = Math.floor((4 * receivedBytes) / totalBytes);
    if (quarters.get(url) === quarter) return;
    if (!quarters.has(url)) note(`downloading ${url} (${megabytes(totalBytes)} MB)`);
    else note(`  ${25 * quarter} % of ${megabytes(totalBytes)} MB`);
    quarters.set(url, quarter);
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
