import { RandomStream } from "../../random-stream.ts";

/** Twenty waves of random frequencies and phases over the part of the plane that is seen: a picture with soft shapes. */
export function smoothPicture(seed: number, view = { left: 0, top: 0, width: 1, height: 1 }): Uint8Array {
  const random = new RandomStream(seed, 77);
  const waves = Array.from({ length: 20 }, () => ({
    across: random.uniform(-8, 8),
    down: random.uniform(-8, 8),
    phase: random.uniform(0, 2 * Math.PI),
    height: random.uniform(5, 20),
  }));
  return Uint8Array.from({ length: 32 * 32 }, (_, at) => {
    const x = view.left + (view.width * ((at % 32) + 0.5)) / 32;
    const y = view.top + (view.height * (Math.floor(at / 32) + 0.5)) / 32;
    const value = waves.reduce(
      (sum, { across, down, phase, height }) => sum + height * Math.cos(Math.PI * (across * x + down * y) + phase),
      128,
    );
    return Math.min(255, Math.max(0, Math.round(value)));
  });
}
