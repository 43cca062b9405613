export { CifarError } from "./cifar-error.ts";
export { cifarShape, readCifar, readCifarClassNames, type CifarImages, type CifarKind } from "./cifar.ts";
