import assert from "node:assert/strict";
import { stripVTControlCharacters, styleText } from "node:util";
import fc from "fast-check";
import type { Observation } from "../../../preview/report/observation.ts";
import { type Paint, render } from "../../../preview/report/render-terminal.ts";
import { buildReport } from "../../../preview/report/report.ts";
import type { Mode } from "../../../preview/report/preview-mode.ts";
import {
  CLUSTER,
  component,
  GOOGLE,
  observation,
  observations,
  resource,
  root,
  stack,
  urn,
} from "../observations.ts";

const nothing: Mode = {
  kind: "engine",
  comparedWith: { kind: "nothing", because: "not logged in to a Pulumi backend" },
};
const plain: Paint = (_, text) => text;

function rendered(seen: Observation, mode = nothing, notes: readonly string[] = []): string {
  const guardrails = [
    { name: "small", description: "Things are small.", remediation: ["Measure it.", "Shrink it."] },
  ];
  return render(buildReport(seen, { stack: "dev", mode, notes, guardrails }), plain);
}

const keys = component("keys", { operation: "same" });
const all: Observation = {
  resources: [
    stack,
    root(GOOGLE, "pulumi:providers:gcp"),
    keys,
    resource("ring", { parent: keys.urn, inputs: { project: "kms-project" } }),
    resource("key", {
      parent: keys.urn,
      operation: "replace",
      changes: [
        { path: "purpose", old: '"SIGN"', new: '"DECRYPT"' },
        { path: "labels.a", old: null, new: "[unknown]" },
      ],
      replacedFor: ["purpose"],
      inputs: { project: "kms-project" },
    }),
    resource("old", { operation: "delete", retained: true, inputs: { project: "kms-project" } }),
    resource("same", { operation: "same", inputs: { project: "kms-project" } }),
    resource("pod", {
      type: "kubernetes:core/v1:Pod",
      provider: CLUSTER,
      operation: "update",
      changes: [{ path: "spec", old: "[secret]", new: "[secret]" }],
    }),
  ],
  violations: [
    {
      guardrail: "left",
      urn: urn("kubernetes:core/v1:Pod", "pod"),
      enforcement: "advisory",
      message: "It is right.",
    },
    {
      guardrail: "small",
      enforcement: "mandatory",
      severity: "high",
      message: "Things are small.\nIt is big,\nand it is red.\n",
    },
  ],
  warnings: [{ urn: keys.urn, message: "Mind the gap." }, { message: "It rains." }],
};

describe("A report for the terminal", () => {
  it("says how it was made, what changes where, what is violated and how much that is", () => {
    assert.equal(
      rendered(all, nothing, ["Take care."]),
      `Status: 1 mandatory violation. No state weakens protection. No state to compare with: not logged in to a Pulumi backend.

Preview of dev by Pulumi's engine, compared with no state (not logged in to a Pulumi backend)

Note: Take care.

Project kms-project: 1 to create, 1 to replace, 1 to delete
    keys    app:index:Part
  ±   key   gcp:kms:KeyRing
        labels.a: (none) → [unknown]
        purpose: "SIGN" → "DECRYPT" (replaces)
  +   ring  gcp:kms:KeyRing
  - old     gcp:kms:KeyRing  retained

Kubernetes cluster: 1 to update
  ~ pod  kubernetes:core/v1:Pod
      spec: [secret] → [secret]

Providers
  + google  pulumi:providers:gcp

Warning: keys (app:index:Part): Mind the gap.
Warning: It rains.

Mandatory, high: small
  resource:    dev
  reason:      It is big,
               and it is red.
  remediation: 1. Measure it.
               2. Shrink it.

Advisory, unrated: left
  resource:    pod (kubernetes:core/v1:Pod)
  reason:      It is right.

Resources:  1 to create, 1 to update, 1 to replace, 1 to delete in 1 project and 1 cluster, 1 unchanged, not counting 1 component and 1 provider
Violations: 1 mandatory, 1 advisory
`,
    );
  });

  it("names the state that it was compared with", () => {
    const mode: Mode = {
      kind: "engine",
      comparedWith: { kind: "state", backend: "s3://states", stack: "acme/dev" },
    };
    assert.match(
      rendered(observation(stack), mode),
      /^Preview of dev .* compared with the state of stack acme\/dev in s3:\/\/states$/m,
    );
  });

  it("says what embedded mode cannot know, and why it ran", () => {
    const mode: Mode = {
      kind: "embedded",
      because: "--embedded",
      comparedWith: { kind: "nothing", because: "embedded mode has no engine" },
      notKnown: ["the state", "the weather"],
    };
    assert.match(
      rendered(observation(stack), mode),
      /^Preview of dev in embedded mode \(--embedded\), which cannot know: the state; the weather$/m,
    );
  });

  it("says which guardrails were not judged", () => {
    const message = "can't run policy 'small' from policy pack 'p@v1' during preview: size is not known";
    const seen = {
      ...observation(stack),
      violations: [{ guardrail: "small", enforcement: "advisory", message } as const],
    };
    assert.match(rendered(seen), /^Not evaluated, unrated: small$/m);
    assert.match(rendered(seen), /^Violations: 0 mandatory, 1 advisory, 1 of them not evaluated$/m);
  });

  it("is short when nothing changes", () => {
    const seen = observation(stack, resource("ring", { operation: "same" }));
    assert.equal(
      rendered(seen).split("\n\n")[2],
      "Resources:  no changes, 1 unchanged\nViolations: 0 mandatory, 0 advisory\n",
    );
  });

  it("has a line for each resource that changes, and none for one that does not", () => {
    fc.assert(
      fc.property(observations, (seen) => {
        const lines = rendered({ ...seen, violations: [] }).split("\n");
        for (const { urn: of, operation, provider } of seen.resources) {
          if (provider === undefined) continue;
          const name = of.split("::")[3] ?? "";
          const shown = lines.filter((line) => new RegExp(`^  [+~±=>-] +${name} `).test(line));
          assert.equal(shown.length, operation === "same" ? 0 : 1, name);
        }
      }),
    );
  });

  it("is the same text with colours as without", () => {
    const paint: Paint = (style, text) => styleText(style, text, { validateStream: false });
    const coloured = render(buildReport(all, { stack: "dev", mode: nothing }), paint);
    const bare = render(buildReport(all, { stack: "dev", mode: nothing }), plain);
    assert.notEqual(coloured, bare);
    assert.equal(stripVTControlCharacters(coloured), bare);
  });
});
