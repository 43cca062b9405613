import type { DownloadProgress } from "../data/index.ts";

/** A line when a file begins, and one for every quarter of it. */
export function describeDownload(note: (line: string) => void): (progress: DownloadProgress) => void {
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
