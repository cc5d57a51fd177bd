import assert from "node:assert/strict";
import { type Properties, UNKNOWN } from "../../../../packages/stack-model/property-value.ts";
import { ROOT } from "../../../../packages/stack-model/type-tokens.ts";
import { guardrails } from "../../../../policy-pack/list.ts";
import { accessEvaluable } from "../../../../policy-pack/policies/access/access-evaluable.ts";
import { fhirStack } from "../../fhir-stack.ts";
import { judge } from "../../judge.ts";
import { resource, root } from "../../resources.ts";

describe("What decides about access to the FHIR servers", () => {
  it("passes where all of it is known, and where the stack declares no FHIR server", async () => {
    assert.deepEqual(judge(accessEvaluable, ...(await fhirStack({}))), []);
    const unknown = resource("kubernetes:core/v1:NamespacePatch", { metadata: UNKNOWN });
    assert.deepEqual(judge(accessEvaluable, root(), unknown), []);
    assert.deepEqual(judge(accessEvaluable, unknown), []);
  });

  it("is reported once, by one guardrail, where it is not known", async () => {
    const stack = await fhirStack({});
    const provider = stack.find(({ type }) => type === "kubernetes:core/v1:Namespace")?.provider;
    const patch = resource(
      "kubernetes:core/v1:NamespacePatch",
      { metadata: { name: "records", labels: { org: "payer" } } },
      { name: "patch", ...(provider !== undefined && { provider }) },
    );
    const found = guardrails.flatMap((guardrail) =>
      judge(guardrail, ...stack, patch)
        .filter((message) => message.startsWith("patch: "))
        .map((message) => `${guardrail.name}: ${message}`),
    );
    assert.deepEqual(found, [
      "access-evaluable: patch: cannot be evaluated: it changes parts of an object that the stack does not show (treated as a violation)",
    ]);
  });

  it("is reported where a section of the declaration cannot be read", async () => {
    const stack = await fhirStack({});
    const unread = stack.map((one) => {
      const props: Properties = { ...one.props, grants: UNKNOWN };
      return one.type === ROOT ? { ...one, props } : one;
    });
    assert.deepEqual(judge(accessEvaluable, ...unread).length, 1);
    assert.match(
      judge(accessEvaluable, ...unread)[0] ?? "",
      /the declared grants is not known before the update/,
    );
  });
});
