/** Says why bytes are not the message that they should be. */
export class ProtobufError extends Error {
  override readonly name = "ProtobufError";
}
