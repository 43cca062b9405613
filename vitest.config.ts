// Three groups of tests, chosen by file name:
//   unit     *.test.ts            seconds in all; `npm test`
//   train    *.train.test.ts      whole trainings, one at a time; `npm run test:train`
//   browser  *.browser.test.ts    Node drives a real Chromium, one page at a time; `npm run test:browser`
//
// All of them run in forked processes: the code under test starts worker threads from `.ts` files, which Node itself
// loads (it strips the types), and a fork is the same kind of process that a user of the command line has.
import { configDefaults, defineConfig } from "vitest/config";

const seconds = 1000;
const minutes = 60 * seconds;

const testFiles = (suffix: string): string[] =>
  ["packages", "bench", "examples", "fixtures", "test"].map((folder) => `${folder}/**/*${suffix}`);

export default defineConfig({
  test: {
    pool: "forks",
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: testFiles(".test.ts"),
          exclude: [...configDefaults.exclude, ...testFiles(".train.test.ts"), ...testFiles(".browser.test.ts")],
          // Files share a process and its modules, which saves about 0.2 s for each; no test may lean on a module's fresh state.
          isolate: false,
          testTimeout: 10 * seconds,
        },
      },
      {
        extends: true,
        test: {
          name: "train",
          include: testFiles(".train.test.ts"),
          fileParallelism: false,
          testTimeout: 15 * minutes,
          hookTimeout: 5 * minutes,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: testFiles(".browser.test.ts"),
          fileParallelism: false,
          testTimeout: 3 * minutes,
          hookTimeout: 1 * minutes,
        },
      },
    ],
  },
});
