/**
 * Lets the host do other work now and then: timers, clicks, signals. A step takes milliseconds or less, so this happens
 * every 50 ms, not every step. Messages to oneself come back at once; timers in browsers take at least 4 ms.
 */
const INTERVAL_MS = 50;

export class Pause {
  readonly #channel = new MessageChannel();
  #last = performance.now();

  /** Whether it is time for a pause. */
  get isDue(): boolean {
    return performance.now() - this.#last >= INTERVAL_MS;
  }

  async take(): Promise<void> {
    const { port1, port2 } = this.#channel;
    await new Promise<void>((resolve) => {
      port1.addEventListener("message", () => resolve(), { once: true });
      port1.start();
      port2.postMessage(null);
    });
    this.#last = performance.now();
  }

  /** Closes the channel, which would keep the process running. */
  dispose(): void {
    this.#channel.port1.close();
  }
}
