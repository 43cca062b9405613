/**
 * Objects that are called like functions, so that layers read as in Keras: `dense(10)(x)`.
 *
 * The constructor returns a function that takes its methods from the class; JavaScript then defines the fields of the
 * subclass on that function.
 */
export type CallableClass<Signature> = abstract new () => Signature;

/** The base of a class whose instances, when called, run `instance[method](...)`. */
export function callableClass<Signature extends (...parameters: never[]) => unknown>(
  method: string,
): CallableClass<Signature> {
  type Methods = Readonly<Record<string, (...parameters: unknown[]) => unknown>>;
  function Callable(): unknown {
    const self = (...parameters: unknown[]): unknown => (self as unknown as Methods)[method]?.(...parameters);
    const prototype: unknown = new.target.prototype;
    return Object.setPrototypeOf(self, prototype as object);
  }
  // The type system knows neither that a function can be a base class nor that the instances are functions.
  return Callable as unknown as CallableClass<Signature>;
}
