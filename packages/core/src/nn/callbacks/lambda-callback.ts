import { describeUnknown } from "../nearest-name.ts";
import type { Callback } from "../training/callback.ts";

/** The functions of a callback; those that are not given do nothing. */
export type LambdaCallbackOptions = Pick<Callback, Extract<keyof Callback, `on${string}`>>;

/**
 * A callback made of functions, as Keras's LambdaCallback. Any object with such functions is a callback as it is; this one
 * refuses misspelled names.
 *
 * @example
 * lambdaCallback({ onEpochEnd: (epoch, { loss }) => console.log(epoch, loss) });
 *
 * @throws RangeError when a name is none of an event, or what is given is no function.
 */
export function lambdaCallback(options: LambdaCallbackOptions): Callback {
  for (const [name, action] of Object.entries(options)) {
    if (!EVENTS.has(name)) {
      throw new RangeError(`lambdaCallback has no event ${describeUnknown(name, [...EVENTS])}`);
    }
    if (action !== undefined && typeof action !== "function") {
      throw new RangeError(`${name} of lambdaCallback must be a function; ${typeof action} came`);
    }
  }
  return { ...options };
}

const names: Readonly<Record<keyof LambdaCallbackOptions, true>> = {
  onTrainBegin: true,
  onTrainEnd: true,
  onEpochBegin: true,
  onEpochEnd: true,
  onTrainBatchBegin: true,
  onTrainBatchEnd: true,
  onTestBegin: true,
  onTestEnd: true,
  onTestBatchBegin: true,
  onTestBatchEnd: true,
  onPredictBegin: true,
  onPredictEnd: true,
  onPredictBatchBegin: true,
  onPredictBatchEnd: true,
};
const EVENTS: ReadonlySet<string> = new Set(Object.keys(names));
