/** Says why bytes are not an HDF5 file that can be read, or why something cannot be written as one. */
export class Hdf5Error extends Error {
  override readonly name = "Hdf5Error";
}
