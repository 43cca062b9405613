// Asks a module worker for a sum over an array: shared where the page is isolated, copied where it is not.
window.result = roundTrip();

async function roundTrip(): Promise<unknown> {
  const bytes = 4 * Float32Array.BYTES_PER_ELEMENT;
  const buffer = crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
  new Float32Array(buffer).set([0.5, 1.5, 2.5, 3.5]);

  const worker = new Worker(new URL("./sum-worker.ts", import.meta.url), { type: "module" });
  const sum = await new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => resolve(data));
    worker.addEventListener("error", ({ message }) => reject(new Error(message)));
    worker.postMessage(buffer);
  });
  worker.terminate();
  return { crossOriginIsolated, sharesMemory: typeof SharedArrayBuffer === "function", sum };
}
