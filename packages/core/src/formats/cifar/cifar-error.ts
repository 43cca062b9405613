/** Says why bytes are not a file of CIFAR's images. */
export class CifarError extends Error {
  override readonly name = "CifarError";
}
