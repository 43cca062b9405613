/** The convolution sum, term by term, straight from its definition. */
import type { Conv2dGeometry, ImageAxes } from "./geometry.ts";

/** Visits the flat positions of each product W[u, v, c, o] · x[p·s + u·d − b, q·s + v·d − b, g·C + c] of y[p, q, o], C channels a group. */
export function convReference(
  geometry: Conv2dGeometry,
  visit: (image: number, kernel: number, window: number) => void,
): void {
  const { imageChannels, windowChannels, imageGroup, windowGroup } = geometry;
  pixelPairs(geometry, (image, kernel, window) => {
    for (let c = 0; c < imageGroup; c++) {
      for (let o = 0; o < windowChannels; o++) {
        const group = Math.floor(o / windowGroup);
        visit(
          image * imageChannels + group * imageGroup + c,
          (kernel * imageGroup + c) * windowChannels + o,
          window * windowChannels + o,
        );
      }
    }
  });
}

/** Visits the flat positions, channels left aside, of what meets: of the image, of the kernel, of the windows. */
export function pixelPairs({ y, x }: ImageAxes, visit: (image: number, kernel: number, window: number) => void): void {
  for (let p = 0; p < y.windows.out; p++) {
    for (let q = 0; q < x.windows.out; q++) {
      for (let u = 0; u < y.kernel; u++) {
        for (let v = 0; v < x.kernel; v++) {
          const i = p * y.stride + u * y.dilation - y.windows.before;
          const j = q * x.stride + v * x.dilation - x.windows.before;
          if (i < 0 || i >= y.size || j < 0 || j >= x.size) continue;
          visit(i * x.size + j, u * x.kernel + v, p * x.windows.out + q);
        }
      }
    }
  }
}
