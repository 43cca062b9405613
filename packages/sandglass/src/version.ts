import packageFile from "../package.json" with { type: "json" };

/** The version of Sandglass. */
export const version: string = packageFile.version;
