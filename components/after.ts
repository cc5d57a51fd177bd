import * as pulumi from "@pulumi/pulumi";

/**
 * A value that resources get only once others are there: the order follows from the data, so that
 * consumers of the value cannot forget to wait.
 *
 * @param others outputs to wait for. Give outputs that a preview knows (a role, a name), or the value is
 *   unknown in a preview as well.
 */
export function after<T>(value: pulumi.Input<T>, others: readonly pulumi.Input<unknown>[]): pulumi.Output<T> {
  return pulumi
    .all([pulumi.output(value), pulumi.all([...others])])
    .apply(([first]) => first) as pulumi.Output<T>;
}
