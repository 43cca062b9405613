// A program with syntax that only TypeScript has.
interface Image {
  readonly shape: readonly number[];
}

const image = { shape: [28, 28, 1] } as const satisfies Image;

console.log(JSON.stringify(image.shape));
