import fc from "fast-check";

/** How often what is generated is of which kind. */

/** One of several, as often as its number says in comparison with the others. */
export function often<T>(...choices: readonly (readonly [number, fc.Arbitrary<T>])[]): fc.Arbitrary<T> {
  return fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));
}

/** Mostly the one, and once in `times` the other: something that Cilium rejects, or that is unusual. */
export function rarely<T>(times: number, rare: fc.Arbitrary<T>, usual: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return often([times - 1, usual], [1, rare]);
}

/**
 * An object whose keys are there as often as the number says, out of a hundred.
 */
export function sometimes<Keys extends Readonly<Record<string, readonly [number, fc.Arbitrary<unknown>]>>>(
  keys: Keys,
): fc.Arbitrary<{
  [Key in keyof Keys]?: Keys[Key] extends readonly [number, fc.Arbitrary<infer T>] ? T : never;
}>;
export function sometimes(
  keys: Readonly<Record<string, readonly [number, fc.Arbitrary<unknown>]>>,
): fc.Arbitrary<object> {
  const absent = fc.constant(undefined);
  const model = Object.entries(keys).map(
    ([key, [percent, arbitrary]]) =>
      [key, often<unknown>([100 - percent, absent], [percent, arbitrary])] as const,
  );
  return fc
    .record(Object.fromEntries(model))
    .map((object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)));
}

/** A short list. */
export function few<T>(arbitrary: fc.Arbitrary<T>, maxLength = 3, minLength = 0): fc.Arbitrary<T[]> {
  return fc.array(arbitrary, { minLength, maxLength });
}
