import assert from "node:assert/strict";
import { guardrails } from "../../policy-pack/list.ts";
import { ROOT, STACK } from "../../packages/stack-model/type-tokens.ts";
import { PolicyHost, type Setting, type Shown } from "./host.ts";
import type { Registered } from "./programs/registered.ts";
import { REFUSED } from "./refused-resources.ts";

/** Guardrails that are about the pack's configuration, and those on the DICOM gateway, which have tests of their own. */
const ELSEWHERE = /^(?:exemptions|selection|opa-.*|gateway-.*)$/;

describe("the pack in Pulumi's policy host, before a resource is created", function () {
  this.timeout(30_000);
  let host: PolicyHost;
  before(async () => (host = await PolicyHost.start()));
  after(() => host.stop());

  const reported = async (registered: Registered, below: { readonly below?: string }) => {
    const violations = await host.analyze({ ...(registered as Shown), ...below });
    for (const { enforcement } of violations) assert.equal(enforcement, "mandatory");
    return [...new Set(violations.map(({ policy }) => policy))].sort();
  };

  for (const stack of REFUSED) {
    it(`refuses what is to be refused, and nothing else: ${stack.called}`, async () => {
      await host.configure((stack.configuration ?? {}) as Readonly<Record<string, Setting>>);
      await host.analyze({ type: STACK, name: "stack", props: {} });
      // The host's protocol has no provider here, and the engine tries these.
      let below = {};
      for (const registered of stack.resources.filter((one) => one.byDefaultProvider !== true)) {
        const refused = stack.refused[registered.name] ?? [];
        assert.deepEqual(await reported(registered, below), refused.toSorted(), registered.name);
        if (registered.type === ROOT) below = { below: ROOT };
      }
    });
  }

  it("is tried with a resource for each guardrail that decides then", () => {
    const tried = REFUSED.flatMap(({ refused }) => Object.values(refused).flat());
    const decides = guardrails.filter((one) => one.kind !== "stack" || one.before !== undefined);
    const untried = decides
      .filter(({ enforcement, name }) => enforcement === "mandatory" && !ELSEWHERE.test(name))
      .filter(({ name }) => !tried.includes(name));
    assert.deepEqual(
      untried.map(({ name }) => name),
      [],
    );
  });
});
