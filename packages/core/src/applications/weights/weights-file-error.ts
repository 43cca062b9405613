/** Says why a file's weights are not those of the network that they are for. */
export class WeightsFileError extends Error {
  override readonly name = "WeightsFileError";
}
