export { accuracy, balancedAccuracy, cohensKappa, matthewsCorrelation } from "./agreement.ts";
export { areaInterval, type AreaInterval } from "./area-interval.ts";
export { binaryFigures, type BinaryFigures } from "./binary-figures.ts";
export { bootstrapInterval, type BootstrapInterval, type BootstrapOptions } from "./bootstrap-interval.ts";
export { calibrationFigures, type CalibrationFigures } from "./calibration.ts";
export type { ClassNumbers } from "./check-samples.ts";
export { chooseThreshold, type ChosenThreshold, type ThresholdRule } from "./choose-threshold.ts";
export { classReport, type ClassFigures, type ClassReport, type MeanFigures } from "./class-report.ts";
export { confusionMatrix, type ConfusionMatrix } from "./confusion-matrix.ts";
export { oneVersusRest, type OneVersusRest, type RankingFigures } from "./one-versus-rest.ts";
export { averagePrecision, precisionRecallCurve, type PrecisionRecallCurve } from "./precision-recall-curve.ts";
export { bothClasses, decideByThreshold, predictedClasses, scoresOfClass } from "./predicted-classes.ts";
export { proportion, type Interval, type IntervalMethod, type IntervalOptions, type Proportion } from "./proportion.ts";
export {
  confidenceReliability,
  reliability,
  type Reliability,
  type ReliabilityBin,
  type ReliabilityOptions,
} from "./reliability.ts";
export { areaUnderRoc, rocCurve, type RocCurve, type RocCurveOptions } from "./roc-curve.ts";
export { brierScore, logLoss } from "./scoring-rules.ts";
export { fitTemperature, logitsOf, MOST_TEMPERATURE, probabilitiesAt } from "./temperature.ts";
