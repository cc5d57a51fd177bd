import assert from "node:assert/strict";
import { accessReport } from "../../../preview/report/access-report.ts";
import { render } from "../../../preview/report/render-terminal.ts";
import { buildReport } from "../../../preview/report/report.ts";
import type { Resource } from "../../../packages/stack-model/resource.ts";
import { CILIUM_POLICY } from "../../../packages/stack-model/kubernetes-objects.ts";
import { allCreated } from "../observations.ts";
import { fhirStack, replaced, withValue } from "../../policy-pack/fhir-stack.ts";

const RECORD = "/intersystems/fhir/r5/Patient/DarthVader";
/** How the engine writes a text that it does not know yet. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("Who may ask whom, on a preview's page", () => {
  let stack: readonly Resource[];
  before(async () => (stack = await fhirStack()));

  it("is nothing where the stack has no policies of Cilium, or loses them", async () => {
    assert.equal(accessReport(allCreated(await fhirStack({ denyAll: false, grants: [] }))), undefined);
    const deleted = allCreated(stack).map((one) =>
      CILIUM_POLICY.test(one.type) ? { ...one, operation: "delete" as const } : one,
    );
    assert.equal(accessReport(deleted), undefined);
  });

  it("is, as data, what passes for each client of each FHIR server, and why nothing else does", () => {
    const report = accessReport(allCreated(stack));
    assert.deepEqual(report?.blockers, []);
    assert.deepEqual(
      report.servers.map(({ server, namespace, port }) => [server, namespace, port]),
      [["coruscanthealth", "galactic-fhir", 52773]],
    );
    const client = (name: string) => report.servers[0]?.clients.find((one) => one.client === name);
    assert.deepEqual(client("payer"), {
      client: "payer",
      namespace: "galactic-fhir",
      passes: ["GET", "HEAD"].map((method) => ({ method, path: RECORD })),
      otherwise: {
        outcome: "denied",
        because:
          "the proxy responds with 403: none of the HTTP rules of CiliumNetworkPolicy galactic-fhir/l7-visibility-payer (spec.egress[1]) matches",
      },
    });
    assert.deepEqual(client("world")?.passes, []);
    assert.equal(client("world")?.otherwise?.outcome, "dropped");
    assert.deepEqual([client("host")?.passes, client("host")?.otherwise], ["everything", null]);
  });

  it("does not go by the order in which the engine tells of resources", () => {
    assert.deepEqual(accessReport(allCreated(stack).reverse()), accessReport(allCreated(stack)));
  });

  it("is a table after the resources, with what is not certain before it", () => {
    const unsure = replaced(stack, "payer-deployment", (props) =>
      withValue(props, ["spec", "template", "metadata", "labels", "org"], UNKNOWN_TEXT),
    );
    const seen = { resources: allCreated(unsure), violations: [], warnings: [] };
    const mode = { kind: "engine", comparedWith: { kind: "nothing", because: "--no-state" } } as const;
    const page = (access: ReturnType<typeof accessReport>) =>
      render(buildReport(seen, { stack: "kind", mode, access }), (_, text) => text);
    const lines = page(accessReport(seen.resources)).split("\n");
    const start = lines.indexOf("Access to the FHIR server");
    assert.deepEqual(lines.slice(start, start + 3), [
      "Access to the FHIR server",
      "  Not certain: payer-deployment: spec.template.metadata.labels.org is not known before the update",
      "coruscanthealth in galactic-fhir, port 52773",
    ]);
    assert.ok(lines.some((line) => /^ {2}21-b \S+ +GET, HEAD \S+\/Patient\/DarthVader +403 /.test(line)));
    assert.ok(start < lines.findIndex((line) => line.startsWith("Resources:")));
    assert.doesNotMatch(page(undefined), /Who may ask/);
  });
});
