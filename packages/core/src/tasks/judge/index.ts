export { Judge, type JudgeOptions, type Judgement } from "./judge.ts";
