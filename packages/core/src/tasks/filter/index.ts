export { filterImage, type FilteredImage, type FilterImageOptions, type FilterInput } from "./filter-image.ts";
export { checkKernel, filterKernels, type FilterKernelName, type Kernel } from "./kernels.ts";
