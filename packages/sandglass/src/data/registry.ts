/** The data sets that have a name. To add one that is downloaded as IDX files, add its entry here and nothing else. */
import { wardrobeClassNames } from "@sandglass/core";

/** Which part of data: the one to train on, the one to make choices by, or the one to judge with. */
export type SplitName = "train" | "validation" | "test";

/** The parts that named sets come in. */
export const namedSplits = ["train", "test"] as const satisfies readonly SplitName[];
export type NamedSplit = (typeof namedSplits)[number];

/** A file as its publisher offers it. */
export interface PublishedFile {
  readonly name: string;
  readonly bytes: number;
  /** Of the whole file, in lower-case hexadecimal. */
  readonly sha256: string;
}

interface SetDescription {
  readonly name: string;
  readonly title: string;
  /** Shape of one sample. */
  readonly shape: readonly number[];
  readonly classNames: readonly string[];
  /** Samples of each half; for a drawn set, what is drawn unless another number is asked for. */
  readonly counts: Readonly<Record<NamedSplit, number>>;
  readonly licence: string;
  readonly citation: string;
}

/** A set of IDX files that is downloaded where it is missing. */
export interface PublishedSet extends SetDescription {
  readonly kind: "published";
  /** Addresses of the folder that holds the files, ending in a slash: the official one, then mirrors. */
  readonly sources: readonly [string, ...string[]];
  readonly files: Readonly<Record<NamedSplit, { readonly images: PublishedFile; readonly labels: PublishedFile }>>;
}

/** A set that the program draws itself. */
export interface DrawnSet extends SetDescription {
  readonly kind: "drawn";
}

export type NamedSet = PublishedSet | DrawnSet;

const fashionMnist: PublishedSet = {
  kind: "published",
  name: "fashion-mnist",
  title: "Fashion-MNIST: photographs of clothing",
  shape: [28, 28, 1],
  classNames: wardrobeClassNames,
  counts: { train: 60_000, test: 10_000 },
  licence: "MIT",
  citation: "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST. arXiv:1708.07747, 2017",
  sources: ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"],
  files: {
    train: {
      images: {
        name: "train-images-idx3-ubyte.gz",
        bytes: 26_421_880,
        sha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
      },
      labels: {
        name: "train-labels-idx1-ubyte.gz",
        bytes: 29_515,
        sha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
      },
    },
    test: {
      images: {
        name: "t10k-images-idx3-ubyte.gz",
        bytes: 4_422_102,
        sha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
      },
      labels: {
        name: "t10k-labels-idx1-ubyte.gz",
        bytes: 5_148,
        sha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      },
    },
  },
};

const mnist: PublishedSet = {
  kind: "published",
  name: "mnist",
  title: "MNIST: handwritten digits",
  shape: [28, 28, 1],
  classNames: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
  counts: { train: 60_000, test: 10_000 },
  licence: "CC BY-SA 3.0",
  citation:
    "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. " +
    "Proceedings of the IEEE 86, 1998",
  sources: ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"],
  files: {
    train: {
      images: {
        name: "train-images-idx3-ubyte.gz",
        bytes: 9_912_422,
        sha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      },
      labels: {
        name: "train-labels-idx1-ubyte.gz",
        bytes: 28_881,
        sha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      },
    },
    test: {
      images: {
        name: "t10k-images-idx3-ubyte.gz",
        bytes: 1_648_877,
        sha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      },
      labels: {
        name: "t10k-labels-idx1-ubyte.gz",
        bytes: 4_542,
        sha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      },
    },
  },
};

const wardrobeSet: DrawnSet = {
  kind: "drawn",
  name: "wardrobe",
  title: "Wardrobe: drawings of clothing, made by Sandglass itself",
  shape: [28, 28, 1],
  classNames: wardrobeClassNames,
  counts: { train: 10_000, test: 2_000 },
  licence: "MIT",
  citation: "Sandglass",
};

/** All named sets, in the order in which they are listed. */
export const namedSets: readonly NamedSet[] = [wardrobeSet, fashionMnist, mnist];

/** The set of this name, if there is one. */
export function findNamedSet(name: string): NamedSet | undefined {
  return namedSets.find((set) => set.name === name);
}
