import assert from "node:assert/strict";
import fc from "fast-check";
import { SEVERITIES } from "../../../preview/report/observation.ts";
import { resourceTree } from "../../../preview/report/resource-tree.ts";
import { type Report, buildReport } from "../../../preview/report/report.ts";
import type { Mode } from "../../../preview/report/preview-mode.ts";
import { component, GOOGLE, observation, observations, resource, root, stack, urn } from "../observations.ts";

const mode: Mode = { kind: "engine", comparedWith: { kind: "nothing", because: "--no-state" } };

function report(...seen: Parameters<typeof observation>): Report {
  return buildReport(observation(...seen), { stack: "dev", mode });
}

describe("A report", () => {
  it("counts by operation what providers manage, and components and providers for themselves", () => {
    const google = root(GOOGLE, "pulumi:providers:gcp");
    const { totals } = report(
      stack,
      google,
      component("part"),
      resource("a"),
      resource("b", { operation: "delete" }),
    );
    assert.deepEqual(totals, {
      resources: { create: 1, update: 0, replace: 0, delete: 1, import: 0, read: 0, same: 0 },
      components: 1,
      providers: 1,
      violations: { mandatory: 0, advisory: 0 },
    });
  });

  it("has the same order whatever the order of what was seen", () => {
    fc.assert(
      fc.property(
        observations.chain((seen) =>
          fc.record({
            seen: fc.constant(seen),
            shuffled: fc.shuffledSubarray([...seen.resources], {
              minLength: seen.resources.length,
              maxLength: seen.resources.length,
            }),
          }),
        ),
        ({ seen, shuffled }) => {
          const context = { stack: "dev", mode };
          assert.deepEqual(
            buildReport({ ...seen, resources: shuffled }, context),
            buildReport(seen, context),
          );
        },
      ),
    );
  });

  it("puts mandatory violations first, then the worst", () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const ranks = buildReport(seen, { stack: "dev", mode }).violations.map(
          ({ enforcement, severity }) => {
            const rank = severity === "unrated" ? SEVERITIES.length : SEVERITIES.indexOf(severity);
            return rank + (enforcement === "mandatory" ? 0 : 10);
          },
        );
        assert.deepEqual(
          ranks,
          ranks.toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it("takes the remediation and the severity from what the pack says of the guardrail", () => {
    const ring = resource("ring");
    const seen = {
      ...observation(ring),
      violations: [
        {
          guardrail: "small",
          urn: ring.urn,
          enforcement: "mandatory",
          message: "Things are small.\n20 is big\n",
        },
        { guardrail: "unknown", enforcement: "advisory", message: "Rings are round.\nThis one is not.\n" },
      ],
    } as const;
    const facts = {
      name: "small",
      description: "Things are small.",
      severity: "high",
      remediation: ["Shrink it."],
    } as const;
    assert.deepEqual(buildReport(seen, { stack: "dev", mode, guardrails: [facts] }).violations, [
      {
        guardrail: "small",
        enforcement: "mandatory",
        downgraded: false,
        severity: "high",
        urn: ring.urn,
        resource: "ring",
        reason: "20 is big",
        remediation: ["Shrink it."],
      },
      {
        guardrail: "unknown",
        enforcement: "advisory",
        downgraded: false,
        severity: "unrated",
        urn: null,
        resource: "dev",
        reason: "Rings are round.\nThis one is not.",
        remediation: [],
      },
    ]);
  });

  it("tells a guardrail that could not be judged from one that only advises", () => {
    const downgradedOf = (enforcement: "mandatory" | "advisory", message: string) => {
      const seen = { ...observation(), violations: [{ guardrail: "small", enforcement, message }] };
      return buildReport(seen, { stack: "dev", mode }).violations[0]?.downgraded;
    };
    const text =
      "can't run policy 'small' from policy pack 'things@v1' during preview: string value at .size can't be known";
    assert.equal(downgradedOf("advisory", text), true);
    assert.equal(downgradedOf("advisory", text.replace("policy 'small'", "remediation 'small'")), true);
    assert.equal(downgradedOf("mandatory", text), false);
    assert.equal(downgradedOf("advisory", "It cannot be known."), false);
  });

  it("has the notes of the mode after those of the preview", () => {
    const seen = { ...observation(), notes: ["Nobody answered."] };
    assert.deepEqual(buildReport(seen, { stack: "dev", mode, notes: ["Take care."] }).notes, [
      "Take care.",
      "Nobody answered.",
    ]);
  });

  it("names a resource by the whole of its name", () => {
    assert.equal(report(resource("a::b", { urn: urn("t", "a::b") })).resources[0]?.name, "a::b");
  });

  it("counts what it lists, and loses no line of it when it is arranged by place", () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const { resources, totals, violations } = buildReport(seen, { stack: "dev", mode });
        assert.equal(resources.length, seen.resources.length);
        const listed = resources.filter(({ kind }) => kind === "resource").length;
        assert.equal(
          Object.values(totals.resources).reduce((sum, count) => sum + count),
          listed,
        );
        assert.equal(totals.components + totals.providers + listed + 1, resources.length);
        assert.equal(totals.violations.mandatory + totals.violations.advisory, violations.length);

        const sections = resourceTree(resources);
        const lines = sections.flatMap((section) => section.lines.map((line) => line.resource));
        for (const one of resources) {
          const times = lines.filter(({ urn: of }) => of === one.urn).length;
          if (one.kind === "stack") assert.equal(times, 0);
          else if (one.kind !== "component") assert.equal(times, one.operation === "same" ? 0 : 1, one.name);
          else if (one.operation !== "same" && times === 0)
            assert.ok(holdsEverything(one.urn, resources), one.name);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("shows each line below what it belongs to", () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const parents = new Map(seen.resources.map((one) => [one.urn, one.parent]));
        for (const { lines } of resourceTree(buildReport(seen, { stack: "dev", mode }).resources)) {
          const open: string[] = [];
          for (const { resource: one, depth } of lines) {
            assert.ok(depth <= open.length);
            open.length = depth;
            const above = open.at(-1);
            if (above !== undefined) assert.ok(isAbove(above, one.urn, parents));
            open.push(one.urn);
          }
        }
      }),
    );
  });
});

function isAbove(above: string, below: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const parent = parents.get(below);
  return parent !== undefined && (parent === above || isAbove(above, parent, parents));
}

/** Whether all that changes, but for what is above it, stands in this component. */
function holdsEverything(component: string, resources: Report["resources"]): boolean {
  const parents = new Map(resources.map((one) => [one.urn, one.parent ?? undefined]));
  const within = (below: string) => isAbove(component, below, parents);
  return resources.every(
    ({ urn: of, kind, operation }) =>
      kind === "stack" ||
      operation === "same" ||
      of === component ||
      within(of) ||
      isAbove(of, component, parents),
  );
}
