/** The parts of a split by number, as they are noted for each sample or group. */
export const TRAINING = 0;
export const VALIDATION = 1;
export const TEST = 2;
