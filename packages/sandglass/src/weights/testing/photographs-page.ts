/** A page that fetches weights and photographs, and says what they show. */
import { classifyPhotographs } from "./classify-photographs.ts";

window.result = classifyPhotographs(async (name) => {
  const response = await fetch(`./${name}`);
  if (!response.ok) throw new Error(`${name} was answered with ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
});
