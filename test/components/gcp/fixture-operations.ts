/** Operations for the tests of the provider's text: they echo their inputs. */

/** Creates nothing and echoes its inputs. */
export function echo(inputs: object) {
  return Promise.resolve({ id: "id-of-echo", outs: { ...inputs, echoed: true } });
}
