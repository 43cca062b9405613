/**
 * Where parameters live between runs: each in a block of the device's memory. Programs hold the addresses of those that they
 * use, so a block is given back only when its owner has dropped the parameter and no program uses it.
 */
import type { Node } from "../graph/node.ts";
import { formatShape, sizeOf } from "../graph/tensor-type.ts";
import { leafName } from "../ops/leaf.ts";
import type { Device } from "./device.ts";

export class ParameterStore {
  readonly #device: Device;
  readonly #addresses = new Map<Node, number>();
  /** How many programs use a parameter. */
  readonly #uses = new Map<Node, number>();
  readonly #dropped = new Set<Node>();

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
    this.#dropped.delete(parameter);
  }

  /** Says that a program depends on the addresses of these parameters. */
  retain(parameters: Iterable<Node>): void {
    for (const parameter of parameters) this.#uses.set(parameter, (this.#uses.get(parameter) ?? 0) + 1);
  }

  /** Says that a program is gone. */
  release(parameters: Iterable<Node>): void {
    for (const parameter of parameters) {
      this.#uses.set(parameter, (this.#uses.get(parameter) ?? 1) - 1);
      if (this.#dropped.has(parameter)) this.drop(parameter);
    }
  }

  /** Forgets a parameter's values and gives its memory back, as soon as no program uses it. Setting it anew takes that back. */
  drop(parameter: Node): void {
    const address = this.#addresses.get(parameter);
    if (address === undefined) return;
    if ((this.#uses.get(parameter) ?? 0) > 0) {
      this.#dropped.add(parameter);
      return;
    }
    this.#device.memory.free(address);
    this.#addresses.delete(parameter);
    this.#dropped.delete(parameter);
    this.#uses.delete(parameter);
  }

  /** Gives the parameters' memory back. */
  dispose(): void {
    for (const address of this.#addresses.values()) this.#device.memory.free(address);
    this.#addresses.clear();
    this.#uses.clear();
    this.#dropped.clear();
  }

  #view(parameter: Node): Float32Array {
    return this.#device.memory.floats(this.addressOf(parameter), sizeOf(parameter.type.shape));
  }
}
