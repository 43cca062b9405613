export { wardrobe, wardrobeClassNames, type Wardrobe, type WardrobeOptions } from "./wardrobe.ts";
