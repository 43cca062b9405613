/**
 * What the benchmark uses of the JavaScript peers. The packages are installed by `npm run bench:setup` only, so the
 * type check of the repository must not depend on their own declarations.
 */

declare module "@jax-js/jax" {
  /** Consumed by every function it is passed to; `ref` keeps it for one more use. */
  export interface Array {
    readonly ref: this;
    readonly shape: number[];
    add(other: Array | number): Array;
    sub(other: Array | number): Array;
    mul(other: Array | number): Array;
    div(other: Array | number): Array;
    neg(): Array;
    reshape(shape: number[]): Array;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  type Function<Arguments extends unknown[], Result> = (...values: Arguments) => Result;
  type Padding = "SAME" | "VALID";

  export function init(...devices: string[]): Promise<string[]>;
  export function jit<Arguments extends unknown[], Result>(f: Function<Arguments, Result>): Function<Arguments, Result>;
  /** Differentiates by the first argument. */
  export function valueAndGrad<First, Rest extends unknown[]>(
    f: (first: First, ...rest: Rest) => Array,
  ): (first: First, ...rest: Rest) => [Array, First];
  export function blockUntilReady(tree: unknown): Promise<unknown>;

  export const numpy: {
    array(values: Float32Array | number): Array;
    zeros(shape: number[]): Array;
    clip(value: Array, low: number, high: number): Array;
    log(value: Array): Array;
    sqrt(value: Array): Array;
    square(value: Array): Array;
    mean(value: Array): Array;
    max(value: Array, axes: number[]): Array;
    pad(value: Array, widths: [number, number][]): Array;
    repeat(value: Array, repeats: number, axis: number): Array;
    matmul(left: Array, right: Array): Array;
    subtract(left: Array | number, right: Array): Array;
  };
  export const lax: {
    convGeneralDilated(input: Array, kernel: Array, strides: number[], padding: Padding): Array;
    convTranspose(input: Array, kernel: Array, strides: number[], padding: Padding): Array;
  };
  export const nn: { relu(value: Array): Array; sigmoid(value: Array): Array };
}

declare module "@tensorflow/tfjs" {
  export interface Tensor {
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  export interface Layer {
    readonly name: string;
  }
  export interface Sequential {
    add(layer: Layer): void;
    compile(options: { optimizer: unknown; loss: string }): void;
    countParams(): number;
    trainOnBatch(input: Tensor, target: Tensor): Promise<number | number[]>;
    predictOnBatch(input: Tensor): Tensor | Tensor[];
  }
  interface First {
    inputShape?: number[];
  }
  export interface Convolution extends First {
    filters: number;
    kernelSize: number;
    strides: number;
    padding: "same" | "valid";
    activation?: "relu" | "sigmoid";
  }

  export const version: { readonly tfjs: string };
  export const train: { adam(): unknown };
  export const layers: {
    conv2d(options: Convolution): Layer;
    conv2dTranspose(options: Convolution): Layer;
    maxPooling2d(options: First & { poolSize: number; padding: "same" | "valid" }): Layer;
    upSampling2d(options: First & { size: [number, number] }): Layer;
    dense(options: First & { units: number; activation?: "relu" | "sigmoid" }): Layer;
  };
  export function sequential(): Sequential;
  export function tensor(values: Float32Array, shape: number[]): Tensor;
  export function setBackend(name: string): Promise<boolean>;
  export function enableProdMode(): void;
}

declare module "@tensorflow/tfjs-backend-wasm" {
  export const version_wasm: string;
  export function setWasmPaths(folder: string): void;
}
