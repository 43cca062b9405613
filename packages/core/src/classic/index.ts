// What is done without training: principal components, eigenvalues, distances between distributions.
export { frechetDistance } from "./frechet-distance.ts";
export { principalComponents, type PrincipalComponentOptions, type PrincipalComponents } from "./pca.ts";
export { reconstructionErrors, type ReconstructionErrorOptions } from "./reconstruction-errors.ts";
export { symmetricEigen, type SymmetricEigen, type SymmetricEigenOptions } from "./symmetric-eigen.ts";
