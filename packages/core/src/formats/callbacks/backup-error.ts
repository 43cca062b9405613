/** Says why a training cannot go on from a backup. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}
