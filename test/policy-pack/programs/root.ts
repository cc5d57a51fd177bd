import * as pulumi from "@pulumi/pulumi";

/** The root component of a test's stack, with its declaration. */
export class Root extends pulumi.ComponentResource {
  constructor(declaration: Readonly<Record<string, unknown>>) {
    super("attested-fhir:index:AttestedFhir", "root", declaration);
    this.registerOutputs(declaration);
  }
}
