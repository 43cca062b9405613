export type {
  BarsExhibit,
  Exhibit,
  ExhibitContent,
  FiguresExhibit,
  GridExhibit,
  RowsExhibit,
  Samples,
  ScatterExhibit,
  Warning,
} from "./exhibit.ts";
export type { Autoencoder, ModelFamily, TrainingDefaults } from "./model-family.ts";
export { modelFamilies, modelFamily } from "./registry.ts";
