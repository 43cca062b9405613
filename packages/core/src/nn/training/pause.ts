/**
 * Lets the host do other work now and then: timers, clicks, signals. A step takes milliseconds or less, so this happens
 * every 50 ms, not every step. Messages to oneself come back at once; timers in browsers take at least 4 ms.
 */
const INTERVAL_MS = 50;

export class Pause {
  #last = performance.now();

  /** Whether it is time for a pause. */
  get isDue(): boolean {
    return performance.now() - this.#last >= INTERVAL_MS;
  }

  async take(): Promise<void> {
    // A new channel each time: Node hands out up to 1,000 messages of one port before it looks at anything else, and
    // every one of them would bring the next, so that signals and timers waited for most of a minute.
    const { port1, port2 } = new MessageChannel();
    await new Promise<void>((resolve) => {
      port1.addEventListener("message", () => resolve(), { once: true });
      port1.start();
      port2.postMessage(null);
    });
    port1.close();
    this.#last = performance.now();
  }
}
