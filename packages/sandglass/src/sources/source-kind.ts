/**
 * What users name as DATA, of whatever kind: named sets and arrays, folders of images, tables. Each kind opens it twice over: to make a run
 * with it, which decides how data are prepared, and to use a run on it, which prepares them as that run did.
 */
import type { AnyDataset, tables } from "@sandglass/core";
import type { SampleCoding } from "../data/index.ts";
import type { ImageFit, ImagePlan } from "../images/decode/index.ts";
import type { PartLeaks } from "../leaks/index.ts";
import type { Readings, RowNumber } from "../tables/index.ts";
import type { COLORS, DECIMALS, HALVES, SPLIT_RULES } from "./choice-values.ts";

/** A part of a set, where it comes in parts. */
export type Half = (typeof HALVES)[number];

/** How samples are held back to validate with, where the set does not say. */
export type SplitRule = (typeof SPLIT_RULES)[number];

/** How files are read, where they do not say it themselves. What a run is used on is read as what it was made with, unless given. */
export interface ReadingChoices {
  /** The share of images, or of rows of a table, that may be unreadable: a tenth unless given, and any rows where a run is used. */
  readonly unreadable?: number | undefined;
  /** Images of more pixels are refused: 100 million unless given. */
  readonly maxPixels?: number | undefined;
  /** What stands between the cells of a text: `;` for instance, `tab`, or `blanks` for any number of them. */
  readonly delimiter?: string | undefined;
  /** Whether the first line of a text names the columns. */
  readonly header?: boolean | undefined;
  /** How a text writes its letters: `utf-8`, `windows-1252`, or any other name that `TextDecoder` knows. */
  readonly encoding?: string | undefined;
  /** What divides the whole part of numbers from their decimals. */
  readonly decimal?: (typeof DECIMALS)[number] | undefined;
}

/** What the user may choose; not every kind takes all of it. */
export interface DataChoices extends ReadingChoices {
  /** How many samples to take. */
  readonly count?: number | undefined;
  readonly split?: SplitRule | undefined;
  /** Samples of one group are never in two parts: a column of a table, or a pattern that file names are searched for. */
  readonly group?: string | undefined;
  /** `64` or `64x96`, height × width. */
  readonly size?: string | number | undefined;
  readonly color?: (typeof COLORS)[number] | undefined;
  readonly fit?: ImageFit | undefined;
  /** Random crops of each image, at full resolution, instead of the whole image. */
  readonly patches?: number | undefined;
  /** Where the targets of images are, under the same names: what a model is to make of them, such as clean images of noisy ones. */
  readonly target?: string | undefined;
  /** The column with the classes. */
  readonly label?: string | undefined;
  /** Columns to leave out. */
  readonly ignore?: readonly string[] | undefined;
  /** What columns are, by their names, where that is not found right. */
  readonly types?: Readonly<Record<string, string>> | undefined;
  readonly scaling?: tables.Scaling | undefined;
}

/** A choice by its name. */
export type ChoiceName = keyof DataChoices;

/** What a run is made with. */
export interface TrainingRequest {
  readonly choices: DataChoices;
  /** Samples to hold back, or which share; 0 for none; or the set's own part. The kind's own way unless given. */
  readonly validation?: number | "validation" | "test" | undefined;
  readonly seed: number;
}

/** What a run is used on. */
export interface UseRequest extends ReadingChoices {
  /** Which part of the data, where there are several. */
  readonly half: Half;
  /** Only the first samples. */
  readonly count?: number | undefined;
  /** Where the targets of images are, with which outputs are compared. */
  readonly target?: string | undefined;
  /** Of sets that are drawn. */
  readonly seed: number;
}

export interface OpenServices {
  /** A folder with the files of named sets. */
  readonly dataDir: string | undefined;
  /** Says what takes a while. */
  readonly note: (line: string) => void;
  readonly signal: AbortSignal;
}

/** How values become samples: kept with a run, so that other data are prepared alike. */
export type Preparation =
  | {
      readonly kind: "samples";
      /** Of arrays, whose format does not say what numbers and labels mean. */
      readonly coding?: SampleCoding;
      /** Of arrays that are tables of numbers. */
      readonly preprocessing?: tables.TablePreprocessing;
    }
  | {
      readonly kind: "images";
      readonly plan: ImagePlan;
      readonly classNames: readonly string[];
      /** What the user said of how files are read. */
      readonly reading?: ReadingChoices;
    }
  | {
      readonly kind: "table";
      readonly preprocessing: tables.TablePreprocessing;
      /** What the user said that columns hold, by their names. */
      readonly types?: Readonly<Record<string, tables.ColumnType>>;
      /** What the user said of how files are read. */
      readonly reading?: ReadingChoices;
      /** How the cells of columns were read, by their names. */
      readonly readings?: Readings;
      /** What stood beside the numbers of columns, by their names: `kg`, `$`. */
      readonly units?: Readonly<Record<string, string>>;
      /** Of the label, where it has classes. */
      readonly classNames?: readonly string[];
    };

/** Data to make a run with. */
export interface PreparedData {
  readonly name: string;
  readonly training: AnyDataset;
  readonly validation: AnyDataset | undefined;
  /** Where the samples to validate with are from: the training data, or a part of the set. */
  readonly validatedWith: "held back" | "validation" | "test";
  readonly preparation: Preparation;
  /** The same for the same samples: a SHA-256. */
  readonly fingerprint: string;
  /** What the user should know of the data. */
  readonly notes: readonly string[];
  /** The same samples in two of its parts; absent where there is only one. */
  readonly leaks?: PartLeaks | undefined;
  /** What turned out when the data were read, to be asked for after the training. */
  readonly lateNotes?: () => readonly string[];
  /** Ends what reads, and removes temporary files. */
  close(): Promise<void>;
}

/** Data to use a run on. */
export interface UsableData {
  readonly data: AnyDataset;
  /** The part that was opened; undefined where the data come in one piece. */
  readonly half: Half | undefined;
  /** What each sample is called, for files: `cats/012.jpg`; undefined where they have numbers only. */
  readonly sampleNames: readonly string[] | undefined;
  /** Of a table: the number in the user's files of the row that a sample was made of. */
  readonly rowNumber?: RowNumber;
  readonly notes: readonly string[];
  close(): Promise<void>;
}

export interface SourceKind<Kind extends Preparation["kind"] = Preparation["kind"]> {
  readonly kind: Kind;
  /** What data of this kind are called: "a folder of images". */
  readonly title: string;
  /** The choices that this kind takes. */
  readonly takes: readonly ChoiceName[];
  /** Whether what the user named is of this kind; nothing is opened. */
  recognizes(source: string): Promise<boolean>;
  /** @throws UserError when the data cannot be used, or not in this way. */
  openForTraining(source: string, request: TrainingRequest, services: OpenServices): Promise<PreparedData>;
  /** @throws UserError when the data cannot be used, or differ from those of the run. */
  openForUse(
    source: string,
    preparation: Extract<Preparation, { readonly kind: Kind }>,
    request: UseRequest,
    services: OpenServices,
  ): Promise<UsableData>;
}
