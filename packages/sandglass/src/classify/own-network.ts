/** What a classifier without a base is: `convolutional network` for images, `network of dense layers` for the rows of a table. */
export function ownNetwork(shape: readonly number[]): string {
  return shape.length === 3 ? "convolutional network" : "network of dense layers";
}
