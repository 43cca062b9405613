/** A page that trains as Node does and hands back what came out. */
import { trainOnWardrobe } from "./train-wardrobe.ts";

window.result = trainOnWardrobe(2);
