/** A page that trains as Node does and hands back what came out. */
import { trainFamilies } from "./train-families.ts";

window.result = trainFamilies(2);
