/** The part of dagre that is used here, in types of our own: dagre's do not resolve under Node's rules for modules. */
import * as dagre from "@dagrejs/dagre";

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A graph of boxes, some of which lie in others. */
interface LayeredGraph {
  setNode(id: string, size: { width?: number; height?: number }): void;
  setParent(id: string, parent: string): void;
  setEdge(from: string, to: string, label: object): void;
  /** Places of the boxes' middles, once they have been laid out. */
  node(id: string): Place;
  edge(from: string, to: string): { readonly points: readonly Place[] };
}

interface Settings {
  readonly rankdir: "TB" | "LR";
  /** Pixels between boxes side by side, and between the ranks. */
  readonly nodesep: number;
  readonly ranksep: number;
}

const { Graph, layout } = dagre as unknown as {
  readonly Graph: new (options: {
    readonly compound: boolean;
  }) => LayeredGraph & { setGraph(settings: Settings): void };
  readonly layout: (graph: LayeredGraph) => void;
};

/** An empty graph, to be laid out when all boxes and connections are in it. */
export function layeredGraph(settings: Settings): LayeredGraph & { layOut(): void } {
  const graph = new Graph({ compound: true });
  graph.setGraph(settings);
  return Object.assign(graph, { layOut: () => layout(graph) });
}
