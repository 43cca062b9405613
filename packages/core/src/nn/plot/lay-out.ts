/** Where boxes, frames and connections of a picture go. */
import { layeredGraph } from "./dagre.ts";
import type { Box } from "./layer-box.ts";
import type { Connection, Frame, PlottedLayer, PlottedModel } from "./plotted-model.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly (PlottedLayer & { readonly box: Box; readonly at: Point })[];
  readonly frames: readonly (Frame & { readonly area: Rectangle })[];
  readonly arrows: readonly (Connection & { readonly points: readonly Point[] })[];
}

const MARGIN = 12;
const LOOP_WIDTH = 20;
const BETWEEN_BOXES = 30;
const BETWEEN_RANKS = 40;
/** Around what stands in a frame; above it, room for the name. */
const FRAME_PADDING = 14;
const FRAME_LABEL = 20;

/** Places everything from top to bottom (`TB`) or from left to right (`LR`). Each point is a left upper corner. */
export function layOut(plotted: PlottedModel, boxes: ReadonlyMap<string, Box>, rankdir: "TB" | "LR"): Picture {
  const graph = layeredGraph({ rankdir, nodesep: BETWEEN_BOXES, ranksep: BETWEEN_RANKS });
  for (const { id } of plotted.frames) graph.setNode(id, {});
  for (const { id } of plotted.layers) {
    const { width, height } = boxes.get(id) as Box;
    graph.setNode(id, { width, height });
  }
  for (const { id, frame } of [...plotted.frames, ...plotted.layers])
    if (frame !== undefined) graph.setParent(id, frame);
  for (const { from, to } of plotted.connections) if (from !== to) graph.setEdge(from, to, {});
  graph.layOut();

  const placed = plotted.layers.map((layer) => {
    const box = boxes.get(layer.id) as Box;
    const { x, y } = graph.node(layer.id);
    return { ...layer, box, at: { x: x - box.width / 2, y: y - box.height / 2 } };
  });
  const areas = new Map(placed.map(({ id, box, at }) => [id, { ...at, ...box }]));
  const arrows = plotted.connections.map((connection) => {
    const { from, to } = connection;
    const points = from === to ? loop(areas.get(from) as Rectangle) : graph.edge(from, to).points;
    return { ...connection, points };
  });
  const frames = framed(plotted.frames, areas, plotted.layers);
  return shifted({ boxes: placed, frames, arrows });
}

/** Out of the right side of a box and back: a layer that is called on what it has made. */
function loop({ x, y, width, height }: Rectangle): readonly Point[] {
  const [right, out] = [x + width, x + width + LOOP_WIDTH];
  const [bottom, top] = [y + height * 0.7, y + height * 0.3];
  return [
    { x: right, y: bottom },
    { x: out, y: bottom },
    { x: out, y: top },
    { x: right, y: top },
  ];
}

/** Frames as large as what stands in them asks for, the innermost first. */
function framed(
  frames: readonly Frame[],
  areas: Map<string, Rectangle>,
  layers: readonly PlottedLayer[],
): Picture["frames"] {
  for (const { id, label } of frames.toReversed()) {
    const inside = [...frames, ...layers]
      .filter(({ frame }) => frame === id)
      .flatMap((part) => areas.get(part.id) ?? []);
    const left = Math.min(...inside.map(({ x }) => x)) - FRAME_PADDING;
    const top = Math.min(...inside.map(({ y }) => y)) - FRAME_LABEL;
    const right = Math.max(...inside.map(({ x, width }) => x + width), left + label.length * 8) + FRAME_PADDING;
    const bottom = Math.max(...inside.map(({ y, height }) => y + height)) + FRAME_PADDING;
    areas.set(id, { x: left, y: top, width: right - left, height: bottom - top });
  }
  return frames.map((frame) => ({ ...frame, area: areas.get(frame.id) as Rectangle }));
}

/** Moves everything into view. */
function shifted({ boxes, frames, arrows }: Omit<Picture, "width" | "height">): Picture {
  const areas = [...boxes.map(({ at, box }) => ({ ...at, ...box })), ...frames.map(({ area }) => area)];
  const points = arrows.flatMap((arrow) => arrow.points);
  const left = Math.min(...areas.map(({ x }) => x), ...points.map(({ x }) => x)) - MARGIN;
  const top = Math.min(...areas.map(({ y }) => y), ...points.map(({ y }) => y)) - MARGIN;
  const right = Math.max(...areas.map(({ x, width }) => x + width), ...points.map(({ x }) => x)) + MARGIN;
  const bottom = Math.max(...areas.map(({ y, height }) => y + height), ...points.map(({ y }) => y)) + MARGIN;
  const move = <T extends Point>(point: T): T => ({ ...point, x: point.x - left, y: point.y - top });
  return {
    width: Math.ceil(right - left),
    height: Math.ceil(bottom - top),
    boxes: boxes.map((box) => ({ ...box, at: move(box.at) })),
    frames: frames.map((frame) => ({ ...frame, area: move(frame.area) })),
    arrows: arrows.map((arrow) => ({ ...arrow, points: arrow.points.map(move) })),
  };
}
