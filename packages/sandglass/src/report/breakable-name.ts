import { html, type Html } from "./html.ts";

/** A name that may go on in another line behind each `_` and `=` and before each `(`, as at spaces: `delivery_location_longitude`. */
export function breakableName(name: string): Html {
  const words = name.split(/(?<=[_=])|(?=\()/u);
  return html`${words.map((word, place) => (place === 0 ? word : html`<wbr />${word}`))}`;
}
