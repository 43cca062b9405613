import { describe } from "vitest";
import { memoryFiles } from "./memory-files.ts";
import { testFiles } from "./testing/files-contract.ts";

describe("memoryFiles", () => {
  testFiles(memoryFiles);
});
