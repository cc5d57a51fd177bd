import assert from "node:assert/strict";
import fc from "fast-check";
import { podIdentity, reservedIdentity } from "../../../../packages/cilium-access/identity/identity.ts";
import { DEFAULT_OPTIONS } from "../../../../packages/cilium-access/options.ts";
import {
  isWildcard,
  parseSelector,
  type SelectorObject,
  selects,
} from "../../../../packages/cilium-access/identity/selectors.ts";

const pod = (labels: Record<string, string>) =>
  podIdentity({ namespace: "default", labels, serviceAccount: "default" }, DEFAULT_OPTIONS);
const matches = (object: SelectorObject, labels: Record<string, string>) =>
  selects(parseSelector(object, "1.16"), pod(labels));
const expression = (operator: string, values?: string[]) => ({
  matchExpressions: [{ key: "org", operator, ...(values && { values }) }],
});

describe("A selector", () => {
  it("asks for every label that it names", () => {
    const both = { matchLabels: { org: "empire", class: "droid" } };
    assert.ok(matches(both, { org: "empire", class: "droid", more: "1" }));
    assert.ok(!matches(both, { org: "empire" }));
    assert.ok(!matches(both, { org: "empire", class: "Droid" }));
  });

  it("selects all identities without requirements, the world included", () => {
    const all = parseSelector({}, "1.16");
    assert.ok(isWildcard(all));
    for (const kind of ["world", "host", "health"] as const) assert.ok(selects(all, reservedIdentity(kind)));
  });

  it("with In asks for one of several values", () => {
    assert.ok(matches(expression("In", ["empire", "payer"]), { org: "payer" }));
    assert.ok(!matches(expression("In", ["empire", "payer"]), { org: "rebels" }));
    assert.ok(!matches(expression("In", ["empire"]), {}));
  });

  it("with NotIn also selects what does not have the label", () => {
    assert.ok(matches(expression("NotIn", ["empire"]), {}));
    assert.ok(matches(expression("NotIn", ["empire"]), { org: "payer" }));
    assert.ok(!matches(expression("NotIn", ["empire"]), { org: "empire" }));
    assert.ok(selects(parseSelector(expression("NotIn", ["empire"]), "1.16"), reservedIdentity("world")));
  });

  it("with Exists and DoesNotExist asks for the label, whatever it says", () => {
    assert.ok(matches(expression("Exists"), { org: "" }));
    assert.ok(!matches(expression("Exists"), {}));
    assert.ok(matches(expression("DoesNotExist"), {}));
    assert.ok(!matches(expression("DoesNotExist"), { org: "" }));
  });

  it("tells sources apart when it names one", () => {
    const host = parseSelector({ matchLabels: { "reserved:host": "" } }, "1.16");
    assert.ok(selects(host, reservedIdentity("host")));
    assert.ok(!selects(host, pod({ host: "" })));
    assert.ok(matches({ matchLabels: { "k8s:org": "empire" } }, { org: "empire" }));
  });

  it("is ambiguous where it names one label twice, by its source and without", () => {
    assert.ok(parseSelector({ matchLabels: { org: "a", "any:org": "b" } }, "1.16").isAmbiguous);
    assert.ok(!parseSelector({ matchLabels: { org: "a", "k8s:org": "a" } }, "1.16").isAmbiguous);
  });

  const labels = fc.dictionary(fc.constantFrom("org", "class"), fc.constantFrom("a", "b"), {
    noNullPrototype: true,
  });
  const values = fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 });

  it("selects by NotIn exactly what it does not select by In, and so for the other two", () => {
    fc.assert(
      fc.property(labels, values, (own, some) => {
        assert.notEqual(matches(expression("In", some), own), matches(expression("NotIn", some), own));
        assert.notEqual(matches(expression("Exists"), own), matches(expression("DoesNotExist"), own));
      }),
    );
  });

  it("selects no more with one more condition", () => {
    fc.assert(
      fc.property(labels, labels, fc.constantFrom("In", "NotIn"), values, (own, wanted, operator, some) => {
        const more = { matchLabels: wanted, ...expression(operator, some) };
        if (matches(more, own)) assert.ok(matches({ matchLabels: wanted }, own));
      }),
    );
  });
});
