/** The convolution sum, term by term, straight from its definition. */
import type { Conv2dGeometry } from "./geometry.ts";

/** Visits the flat positions of each product W[u, v, c, o] · x[p·s + u − b, q·s + v − b, c] of y[p, q, o]. */
export function convReference(
  { y, x, imageChannels, windowChannels }: Conv2dGeometry,
  visit: (image: number, kernel: number, window: number) => void,
): void {
  for (let p = 0; p < y.windows.out; p++) {
    for (let q = 0; q < x.windows.out; q++) {
      for (let u = 0; u < y.kernel; u++) {
        for (let v = 0; v < x.kernel; v++) {
          const i = p * y.stride + u - y.windows.before;
          const j = q * x.stride + v - x.windows.before;
          if (i < 0 || i >= y.size || j < 0 || j >= x.size) continue;
          for (let c = 0; c < imageChannels; c++) {
            for (let o = 0; o < windowChannels; o++) {
              visit(
                (i * x.size + j) * imageChannels + c,
                ((u * x.kernel + v) * imageChannels + c) * windowChannels + o,
                (p * x.windows.out + q) * windowChannels + o,
              );
            }
          }
        }
      }
    }
  }
}
