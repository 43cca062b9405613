/** What is found by looking at data before training: plain data, whatever kind of data it is about. */
import type { Device, ExhibitContent } from "@sandglass/core";
import type { Fact, Tile } from "../report/index.ts";
import type { DataChoices, OpenServices } from "../sources/index.ts";
import type { TableContent } from "./content/index.ts";

export interface ExploreRequest {
  /** The options of data, as for a training. */
  readonly choices: DataChoices;
  /** An augmentation to be shown, such as `flip, rotate=10`. */
  readonly augment: string | undefined;
  /** Decides which samples are looked at where there are many. */
  readonly seed: number;
}

/** Hears how the look at data goes on. */
export interface ExploreProgress {
  /** A step begins that takes a while: `reading headers`. Its total is 0 where nobody knows how much there is to do. */
  begin(step: string, total: number): void;
  advance(done: number): void;
  end(): void;
}

export interface ExploreServices extends OpenServices {
  readonly progress: ExploreProgress;
  /** Where principal components are computed. */
  readonly device: Device;
}

/** What should be done about the data, the more important the earlier. */
export interface Advice {
  /** `serious` is what makes figures wrong or a training useless; `notable` what costs quality; `hint` all else. */
  readonly weight: "serious" | "notable" | "hint";
  /** What to do, as a sentence. */
  readonly text: string;
  /** What was seen that says so, with figures, as a sentence. */
  readonly reason: string;
}

/** Names and values, one below the other. */
export interface Facts {
  readonly kind: "facts";
  /** What they are, where they are folded away behind it. */
  readonly folded?: string;
  readonly rows: readonly Fact[];
}

export interface SectionPart {
  /** What this part of the section is. */
  readonly caption?: string | undefined;
  readonly content: ExhibitContent | Facts | TableContent;
}

/** A part of the page. */
export interface Section {
  readonly title: string;
  /** What is shown, and what to look for. */
  readonly note: string;
  readonly parts: readonly SectionPart[];
}

export interface Exploration {
  /** What the data are called. */
  readonly name: string;
  /** What they are, in a sentence. */
  readonly lead: string;
  /** The figures that everyone should see. */
  readonly tiles: readonly Tile[];
  readonly sections: readonly Section[];
  /** What was noticed while the data were read: sentences without a full stop. */
  readonly notes: readonly string[];
  readonly advice: readonly Advice[];
  /** The training that fits the data: the words after `sandglass`. Undefined where none would run; advice says why. */
  readonly command: readonly string[] | undefined;
  /** What is printed: names and values. */
  readonly summary: readonly Fact[];
  /** All figures, for programs. */
  readonly figures: object;
}

/** Looks at data of one kind. */
export type Explorer = (source: string, request: ExploreRequest, services: ExploreServices) => Promise<Exploration>;
