import { openForUse, type OpenServices, type Preparation, type UsableData } from "../sources/index.ts";
import { UserError } from "../errors.ts";

/** The test part of what was trained on; undefined where it has none. */
export async function openTestPart(
  source: string,
  preparation: Preparation,
  seed: number,
  services: OpenServices,
): Promise<UsableData | undefined> {
  try {
    // The training is done: whatever can be read of the part is measured.
    const unreadable = preparation.kind === "images" ? 1 : undefined;
    const opened = await openForUse(source, preparation, { half: "test", unreadable, seed }, services);
    if (opened.half === "test" && opened.data.labels !== undefined) return opened;
    await opened.close();
    return undefined;
  } catch (error) {
    // Asking for a part that is not there is wrong usage; whatever else goes wrong is another matter.
    if (error instanceof UserError && error.exitCode === 2) return undefined;
    throw error;
  }
}
