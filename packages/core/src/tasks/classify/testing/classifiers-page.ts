/** A page that trains classifiers as Node does and hands back what came out. */
import { trainClassifiers } from "./train-classifiers.ts";

window.result = trainClassifiers(2);
