import assert from "node:assert/strict";
import fc from "fast-check";
import type { Resource } from "../../../packages/stack-model/resource.ts";
import { ROOT } from "../../../packages/stack-model/type-tokens.ts";
import { UNKNOWN } from "../../../packages/stack-model/property-value.ts";
import type { ObservedResource } from "../../../preview/report/observation.ts";
import { oneLine, weakeningsIn } from "../../../preview/report/protection.ts";
import { statusLine } from "../../../preview/report/status-line.ts";
import { fhirStack, replaced, withValue, without } from "../../policy-pack/fhir-stack.ts";
import { resource } from "../../policy-pack/resources.ts";
import { allCreated, component, updated } from "../observations.ts";

const breakGlass = {
  owner: "on-call lead",
  reason: "no identity provider",
  expiry: "2026-10-01T20:00:00Z",
};
const OPEN = { accessMode: "breakGlass", breakGlass };
const OPENED = "break-glass until 2026-10-01T20:00:00Z (owner: on-call lead; reason: no identity provider)";
/** A stack that nothing weakens. */
const sound = {
  unattestedImages: [],
  "fhirServer.image": `docker.io/sween/ciliumfhir@sha256:${"1".repeat(64)}`,
};

/** What weakens a stack, by state, and whether it is new. */
function weak(seen: readonly ObservedResource[]): Record<string, string> {
  return Object.fromEntries(
    weakeningsIn(seen).map(({ state, text, new: isNew }) => [state, `${text}${isNew ? " NEW" : ""}`]),
  );
}

describe("What weakens protection", () => {
  let stack: readonly Resource[];
  before(async () => (stack = await fhirStack(sound)));

  it("is nothing where all is closed, and where there is no FHIR server", () => {
    assert.deepEqual(weakeningsIn(allCreated(stack)), []);
    assert.deepEqual(weakeningsIn([]), []);
  });

  it("is break-glass, with owner, reason and expiry", async () => {
    const open = await fhirStack({ ...sound, ...OPEN });
    assert.deepEqual(weak(allCreated(open)), { "break-glass": OPENED });
    assert.deepEqual(weak(updated(stack, open)), { "break-glass": `${OPENED} NEW` });
    assert.deepEqual(weak(updated(open, open)), { "break-glass": OPENED });
    assert.deepEqual(weak(updated(open, stack)), {});
  });

  it("is break-glass that only a component or only the declaration asks for", async () => {
    const open = await fhirStack({ ...sound, ...OPEN });
    const smart = (one: Resource) => ({ ...one, props: { ...one.props, accessMode: "smart" } });
    const declaresSmart = open.map((one) => (one.type === ROOT ? smart(one) : one));
    const hasSmart = open.map((one) => (one.type.endsWith(":BreakGlass") ? smart(one) : one));
    for (const resources of [declaresSmart, hasSmart])
      assert.deepEqual(weak(allCreated(resources)), { "break-glass": OPENED });
  });

  it("is an access mode that is unknown before the update", () => {
    const unknown = replaced(stack, "coruscanthealth-access", (props) => ({ ...props, accessMode: UNKNOWN }));
    assert.deepEqual(weak(allCreated(unknown)), {
      "break-glass": "the access mode of coruscanthealth-access is unknown before the update",
    });
  });

  it("is deny-all that is off, or is declared and does not hold, or is taken away", async () => {
    const off = await fhirStack({ ...sound, denyAll: false });
    assert.deepEqual(weak(allCreated(off)), { "deny-all-off": "deny-all is off" });
    assert.deepEqual(weak(updated(stack, off)), { "deny-all-off": "deny-all is off NEW" });
    const spec = ["spec", "enableDefaultDeny", "egress"];
    const halved = replaced(stack, "deny-all-policy", (props) => withValue(props, spec, false));
    const { "deny-all-off": text = "" } = weak(allCreated(halved));
    assert.match(text, /^deny-all is off, though it is declared: no policy denies egress by default/);
  });

  it("is flow visibility", async () => {
    const visible = await fhirStack({ ...sound, denyAll: false, flowVisibility: true });
    const { "flow-visibility": text } = weak(allCreated(visible));
    assert.equal(text, "flow visibility is on (flow-visibility): every request to the FHIR server passes");
  });

  it("is each image that runs unattested, new where one is added and not where one is taken away", async () => {
    const images = (...names: string[]) =>
      fhirStack({ ...sound, unattestedImages: names.map((image) => ({ image, reason: "tested" })) });
    const [one, two] = [
      await images("a.b/one:1"),
      await images("a.b/one:1", `a.b/two@sha256:${"0".repeat(64)}`),
    ];
    const said = "images or patterns are allowed without an attestation";
    assert.deepEqual(weak(updated(one, two)), {
      "unattested-images": `2 ${said} (a.b/one:1, a.b/two@sha256:000000000000…) NEW`,
    });
    assert.deepEqual(weak(updated(two, one)), {
      "unattested-images": "1 image or pattern is allowed without an attestation (a.b/one:1)",
    });
    const many = await images(...["1", "2", "3", "4", "5", "6"].map((tag) => `a.b/c:${tag}`));
    assert.deepEqual(weak(allCreated(many)), {
      "unattested-images": `6 ${said} (a.b/c:1, a.b/c:2, a.b/c:3, a.b/c:4, 2 more)`,
    });
  });

  it("is an image that an admission policy exempts", () => {
    const policy = resource("gcp:binaryauthorization/policy:Policy", {
      admissionWhitelistPatterns: [{ namePattern: "gcr.io/google_containers/*" }],
    });
    assert.deepEqual(weak(allCreated([...stack, policy])), {
      "unattested-images":
        "1 image or pattern is allowed without an attestation (gcr.io/google_containers/*)",
    });
  });

  it("is a protection that the update deletes, with the rest of the stack too", () => {
    const policy = resource("gcp:binaryauthorization/policy:Policy", {}, { name: "admission" });
    assert.deepEqual(weak(updated([...stack, policy], stack)), {
      "protection-removed": "the admission policy admission is deleted NEW",
    });
    assert.deepEqual(weak(updated(stack, [])), { "protection-removed": "deny-all is deleted NEW" });
    assert.deepEqual(weak(updated(without(stack, "deny-all"), [])), {});
  });

  it("is a network policy that goes while what it protects stays", () => {
    const type = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
    const policy = component("adapter-policy", { type, operation: "delete", before: {} });
    const parent = component("adapter", { urn: policy.parent ?? "", operation: "same" });
    assert.deepEqual(weak([parent, policy]), {
      "protection-removed": "the network policy adapter-policy is deleted NEW",
    });
    assert.deepEqual(weak([{ ...parent, operation: "delete" }, policy]), {});
  });
});

describe("The status line", () => {
  const comparedWith = { kind: "state", backend: "s3://states", stack: "dev" } as const;
  const none = {
    violations: { mandatory: 0, advisory: 3 },
    weakenings: [],
    exempted: 0,
    placeholders: 0,
    comparedWith,
  };

  it("says that all is well only where it is", () => {
    const well =
      "No mandatory violations. No state weakens protection. Compared with the state of stack dev.";
    assert.equal(statusLine(none), well);
  });

  it("counts violations, exempted ones and placeholders, and names what weakens protection and what the update brings about", () => {
    const weakenings = [
      { state: "deny-all-off", text: "deny-all is off", new: true },
      { state: "break-glass", text: OPENED, new: false },
    ] as const;
    const nothing = { kind: "nothing", because: "not logged in", remediation: "pulumi login" } as const;
    assert.equal(
      statusLine({
        violations: { mandatory: 1, advisory: 2 },
        weakenings,
        exempted: 2,
        placeholders: 2,
        comparedWith: nothing,
      }),
      `1 mandatory violation. 2 violations exempted. PROTECTION IS WEAKENED: deny-all is off (by this change); ${OPENED}. 2 placeholders: pulumi up rejects the stack. No state to compare with: not logged in (pulumi login).`,
    );
  });

  it("stays one line, whatever owner and reason hold", async () => {
    const open = (await fhirStack({ ...sound, ...OPEN })).filter(({ props }) => "breakGlass" in props);
    const text = fc.string({ unit: "binary", maxLength: 60 });
    fc.assert(
      fc.property(text, text, (owner, reason) => {
        const request = { ...breakGlass, owner, reason };
        const resources = open.map((one) => ({ ...one, props: { ...one.props, breakGlass: request } }));
        const line = statusLine({ ...none, weakenings: weakeningsIn(allCreated(resources)) });
        assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        assert.ok(line.includes(`owner: ${oneLine(owner) || "not named"}; reason: `), line);
      }),
    );
  });
});
