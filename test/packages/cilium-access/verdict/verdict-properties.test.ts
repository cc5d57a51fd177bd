import assert from "node:assert/strict";
import fc from "fast-check";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { answerTo, app, cnp, onPort, pod, sketch } from "../support.ts";

describe("Verdicts on any cluster", () => {
  const names = fc.constantFrom("client", "server", "other");
  const port = fc.constantFrom(8080, 9090);
  const http = fc.uniqueArray(
    fc.record({
      method: fc.constantFrom("GET", "PUT", "GET|HEAD"),
      path: fc.constantFrom("/a", "/b", "/[ab]", "/.*"),
    }),
    { minLength: 1, maxLength: 2, selector: ({ method, path }) => `${method} ${path}` },
  );
  const rule = (prefix: "from" | "to") =>
    fc.record({
      [`${prefix}Endpoints`]: fc.uniqueArray(names, { maxLength: 2 }).map((all) => all.map(app)),
      toPorts: fc.tuple(port, fc.option(http, { nil: undefined })).map(([at, rules]) => onPort(at, rules)),
    });
  const allowing = fc.record({
    endpointSelector: names.map(app),
    ingress: fc.array(rule("from"), { minLength: 1, maxLength: 2 }),
    egress: fc.array(rule("to"), { minLength: 1, maxLength: 2 }),
  });
  const version = fc.constantFrom(...VERSIONS);
  const pods = ["client", "server", "other"].map((name) => pod(name));
  const questions = ["GET /a", "PUT /b", "HEAD /c"].flatMap((request) =>
    [8080, 9090].map((at) => `client ${request} on server:${at}`),
  );
  const outcomes = (specs: readonly object[], of: "1.16" | "1.20") => {
    const policies = specs.map((spec, index) => cnp(spec, { name: `policy-${index}` }));
    const model = sketch({ pods, policies, options: { version: of } });
    return questions.map((text) => answerTo(model, text).verdict.outcome);
  };
  const passes = (text: string | undefined) => text === "allowed" || text === "notEnforced";

  it("do not depend on the order of policies", () => {
    fc.assert(
      fc.property(fc.array(allowing, { maxLength: 4 }), version, (specs, of) => {
        const named = specs.map((spec, index) => cnp(spec, { name: `policy-${index}` }));
        const all = [named, named.toReversed()].map((policies) =>
          questions.map(
            (text) => answerTo(sketch({ pods, policies, options: { version: of } }), text).sentence,
          ),
        );
        assert.deepEqual(all[0], all[1]);
      }),
    );
  });

  it("allow no less once another rule allows something, where all pods are policed", () => {
    const everywhere = { endpointSelector: {}, ingress: [{}], egress: [{}] };
    fc.assert(
      fc.property(fc.array(allowing, { maxLength: 4 }), allowing, version, (specs, more, of) => {
        const before = outcomes([everywhere, ...specs], of);
        const after = outcomes([everywhere, ...specs, more], of);
        for (const [index, was] of before.entries()) {
          if (passes(was)) assert.ok(passes(after[index]), questions[index]);
        }
      }),
    );
  });

  it("drop everything that a rule denies, whatever others allow", () => {
    const deny = { endpointSelector: app("server"), ingressDeny: [{ fromEndpoints: [app("client")] }] };
    fc.assert(
      fc.property(fc.array(allowing, { maxLength: 4 }), version, (specs, of) => {
        const after = outcomes([...specs, deny], of);
        assert.ok(after.every((text) => text === "dropped" || text === "denied"));
      }),
    );
  });

  it("do not change for peers that no added rule selects", () => {
    fc.assert(
      fc.property(fc.array(allowing, { maxLength: 4 }), version, (specs, of) => {
        const stranger = { endpointSelector: app("stranger"), ingressDeny: [{}], egressDeny: [{}] };
        assert.deepEqual(outcomes([...specs, stranger], of), outcomes(specs, of));
      }),
    );
  });
});
