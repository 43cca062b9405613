/** Where parameters live between runs: each in a block of the device's memory. */
import type { Node } from "../graph/node.ts";
import { formatShape, sizeOf } from "../graph/tensor-type.ts";
import { leafName } from "../ops/leaf.ts";
import type { Device } from "./device.ts";

export class ParameterStore {
  readonly #device: Device;
  readonly #addresses = new Map<Node, number>();

  constructor(device: Device) {
    this.#device = device;
  }

  /** The parameter's address; it gets memory, zeroed, when it is first asked for. */
  addressOf(parameter: Node): number {
    let address = this.#addresses.get(parameter);
    if (address === undefined) {
      // Kernels go through shared tensors four elements at a time: blocks are padded to whole vectors.
      address = this.#device.memory.allocate(Math.ceil(sizeOf(parameter.type.shape) / 4) * 16);
      this.#addresses.set(parameter, address);
    }
    return address;
  }

  /** A copy of a parameter's values, row-major. */
  get(parameter: Node): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#view(parameter));
  }

  /** Replaces a parameter's values. */
  set(parameter: Node, values: ArrayLike<number>): void {
    const view = this.#view(parameter);
    if (values.length !== view.length) {
      throw new RangeError(
        `${leafName(parameter)} has shape ${formatShape(parameter.type.shape)}, which is ${view.length} values, and got ${values.length}`,
      );
    }
    view.set(values);
  }

  /** Gives the parameters' memory back. */
  dispose(): void {
    for (const address of this.#addresses.values()) this.#device.memory.free(address);
    this.#addresses.clear();
  }

  #view(parameter: Node): Float32Array {
    return this.#device.memory.floats(this.addressOf(parameter), sizeOf(parameter.type.shape));
  }
}
