export { Hdf5Error } from "./hdf5-error.ts";
export { readHdf5, type Hdf5Array, type Hdf5Group } from "./read-hdf5.ts";
export { writeHdf5, type WrittenArray, type WrittenAttribute } from "./write-hdf5.ts";
