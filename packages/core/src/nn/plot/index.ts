export { plotModel, type PlotModelOptions } from "./plot-model.ts";
