/** The options of families as data: one table says what there is, what it means and what it may be, for code and command line alike. */

interface Described {
  /** One line: what it does. For what depends on the data, how it is chosen. */
  readonly help: string;
}

/** A number. Without a default it is chosen from the data. */
export interface NumberOption extends Described {
  readonly kind: "number";
  readonly default: number | undefined;
  readonly whole: boolean;
  readonly min: number;
  readonly max: number;
}

/** Whole numbers from 1 on, such as the units of layers. */
export interface SizesOption extends Described {
  readonly kind: "sizes";
  readonly default: readonly number[] | undefined;
}

/** One of several words. */
export interface ChoiceOption<Word extends string = string> extends Described {
  readonly kind: "choice";
  readonly default: Word | undefined;
  readonly choices: readonly Word[];
}

export interface FlagOption extends Described {
  readonly kind: "flag";
  readonly default: boolean;
}

export type Option = NumberOption | SizesOption | ChoiceOption | FlagOption;

/** Options by their names in code: `keepRate`, on the command line `--keep-rate`. */
export type OptionTable = Readonly<Record<string, Option>>;

type ValueOf<O extends Option> = O extends NumberOption
  ? number
  : O extends SizesOption
    ? readonly number[]
    : O extends ChoiceOption<infer Word>
      ? Word
      : boolean;

/** What users give: any of the options. */
export type GivenOptions<Table extends OptionTable> = {
  readonly [Key in keyof Table]?: ValueOf<Table[Key]> | undefined;
};

type IsOpen<O extends Option> = undefined extends O["default"] ? true : false;

/** The options with their defaults; undefined where the data decide. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Key in keyof Table]: IsOpen<Table[Key]> extends true
    ? ValueOf<Table[Key]> | undefined
    : ValueOf<Table[Key]>;
};

export type OptionValue = number | readonly number[] | string | boolean;

interface NumberSettings<Default extends number | undefined> {
  readonly default: Default;
  readonly min?: number;
  readonly max?: number;
  readonly help: string;
}

/** An option that is open, and left to the data, where its default is undefined. */
type OpenOr<Base extends Option, Default, Value> = Omit<Base, "default"> & {
  readonly default: Default extends undefined ? undefined : Value;
};

/** A number from `min` to `max`, both included. */
export function number<Default extends number | undefined>(
  settings: NumberSettings<Default>,
): OpenOr<NumberOption, Default, number> {
  return numberOption({ min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY, ...settings }, false);
}

/** A whole number from `min`, 1 unless given, to `max`. */
export function whole<Default extends number | undefined>(
  settings: NumberSettings<Default>,
): OpenOr<NumberOption, Default, number> {
  return numberOption({ min: 1, max: Number.MAX_SAFE_INTEGER, ...settings }, true);
}

function numberOption<Default extends number | undefined>(
  settings: Required<NumberSettings<Default>>,
  isWhole: boolean,
): OpenOr<NumberOption, Default, number> {
  const { default: given } = settings;
  return {
    kind: "number",
    ...settings,
    whole: isWhole,
    default: given as OpenOr<NumberOption, Default, number>["default"],
  };
}

/** Whole numbers from 1 on, separated by commas on the command line. */
export function sizes(help: string): OpenOr<SizesOption, undefined, never> {
  return { kind: "sizes", default: undefined, help };
}

/** One of the words. */
export function choice<const Word extends string, Default extends Word | undefined>(
  choices: readonly Word[],
  { default: given, help }: { readonly default: Default; readonly help: string },
): OpenOr<ChoiceOption<Word>, Default, Word> {
  return { kind: "choice", choices, help, default: given as OpenOr<ChoiceOption<Word>, Default, Word>["default"] };
}

/** Off unless given. */
export function flag(help: string): FlagOption {
  return { kind: "flag", default: false, help };
}
