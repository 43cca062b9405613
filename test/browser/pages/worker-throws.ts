// A page that waits for the answer of a worker that fails, and does not listen for its errors.
const worker = new Worker(new URL("./throwing-worker.ts", import.meta.url), { type: "module" });

window.result = new Promise((resolve) => {
  worker.addEventListener("message", resolve);
});
