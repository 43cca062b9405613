/** A picture in the page: every pixel a square of whole pixels of the screen, so that nothing is blurred. */
import { encodePng, type Pixels } from "../images/index.ts";
import { html, type Html } from "./html.ts";
import { shrinkPicture } from "./shrink-picture.ts";

/** The room for pictures on a wide page, and on a phone, in CSS pixels. */
export const PAGE_WIDTH = 970;
export const PHONE_WIDTH = 320;
/** Between two pictures of a grid. */
const GAP = 4;
/** Larger pictures are made smaller: a report is an overview. */
const LARGEST = 128;
/** What is smaller is enlarged. */
const SMALLEST = 62;

/** By how much pictures are enlarged. The style (`exhibits.css`) takes it from the properties of the element around them. */
export interface Zoom {
  readonly page: number;
  readonly phone: number;
}

/**
 * The PNG as part of the page.
 *
 * @param alt what it shows, for those who cannot see it; empty where the text beside it says so.
 */
export async function renderPicture(pixels: Pixels, alt: string): Promise<Html> {
  const small = shrinkPicture(pixels, LARGEST);
  const bytes = Buffer.from(await encodePng(small));
  return html`<img src="data:image/png;base64,${bytes.toString("base64")}" alt="${alt}" />`;
}

/** The size of a picture in the page before it is enlarged. */
export function pictureSize(pixels: Pixels): { readonly width: number; readonly height: number } {
  const factor = Math.max(1, Math.ceil(Math.max(pixels.width, pixels.height) / LARGEST));
  return { width: Math.ceil(pixels.width / factor), height: Math.ceil(pixels.height / factor) };
}

/**
 * The largest whole zoom at which a picture is not much longer than wanted, and `columns` of them have room beside each other.
 *
 * @param wanted about how long the longer side should be, in CSS pixels.
 * @param room in CSS pixels.
 */
export function fitZoom(pixels: Pixels, wanted: number, columns: number, room: number): number {
  const { width, height } = pictureSize(pixels);
  const zoom = Math.round(wanted / Math.max(width, height));
  const fitting = Math.floor((room - (columns - 1) * GAP) / (columns * width));
  return Math.max(1, Math.min(zoom, fitting));
}

/** How long pictures should be, in CSS pixels: small ones that are many, larger ones that are few. */
export function wantedLength(columns: number): number {
  return Math.min(LARGEST, Math.max(SMALLEST, PAGE_WIDTH / (2 * columns)));
}

/** The properties that `exhibits.css` reads. */
export function pictureStyle(pixels: Pixels, { page, phone }: Zoom): string {
  const { width, height } = pictureSize(pixels);
  return `--width: ${width}; --height: ${height}; --zoom: ${page}; --phone-zoom: ${phone}`;
}
