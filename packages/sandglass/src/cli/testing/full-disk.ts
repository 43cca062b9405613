// Loaded before the command line (`node --import`), it makes every file that is written fail as on a full disk.
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

promises.writeFile = () =>
  Promise.reject(Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }));
syncBuiltinESMExports();
