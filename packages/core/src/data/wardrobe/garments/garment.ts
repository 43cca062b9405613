import type { RandomStream } from "../../random-stream.ts";
import type { Canvas } from "../canvas.ts";

/** Draws one garment, of a cut, cloth and pose that the random numbers choose, onto a canvas that it clears first. */
export type Garment = (canvas: Canvas, random: RandomStream) => void;
