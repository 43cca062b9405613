import { UserError } from "../errors.ts";

/** The error codes of a file system that the user can do something about, with what that is. */
const advice: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no file ${path}; check the path`,
  EISDIR: (path) => `${path} is a folder, and a file was expected`,
  ENOTDIR: (path) => `a part of the path ${path} is a file, and a folder was expected`,
  EEXIST: (path) => `a part of the path ${path} is a file, and a folder was expected`,
  EACCES: (path) => `there is no permission to use ${path}; change its permissions or choose another folder`,
  EPERM: (path) => `there is no permission to use ${path}; change its permissions or choose another folder`,
  EROFS: (path) => `${path} lies on a disk that cannot be written to; choose another folder`,
  ENOSPC: (path) => `the disk is full, so ${path} could not be written; free some space or choose another folder`,
  EDQUOT: (path) => `your disk quota is used up, so ${path} could not be written; free some space`,
  EMFILE: (path) => `too many files are open to open ${path}; raise the limit (ulimit -n)`,
  ERR_FS_FILE_TOO_LARGE: (path) => `${path} has more than 2 GiB, which is more than can be read at once; split it`,
};

/** The error to throw for one that the file system raised: a UserError where the user can mend it, else the same error. */
export function fileSystemError(error: unknown, path: string): unknown {
  const say = advice[codeOf(error)];
  return say === undefined ? error : new UserError(say(path), { cause: error });
}

/** Whether the error says that the disk, or the user's share of it, is full. */
export function isNoSpace(error: unknown): boolean {
  return ["ENOSPC", "EDQUOT"].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
