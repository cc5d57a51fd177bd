import assert from "node:assert/strict";
import { FlowVisibility, type FlowVisibilityArgs } from "../../../components/cilium/flow-visibility.ts";
import { declared, type Options } from "../mocks.ts";

const visibility =
  (args: Partial<FlowVisibilityArgs> = {}) =>
  (opts: Options) =>
    new FlowVisibility(
      "flows",
      {
        namespace: "galactic-fhir",
        server: { port: 52_773, labels: { class: "coruscanthealth" } },
        denyAll: false,
        ...args,
      },
      opts,
    );

describe("FlowVisibility", () => {
  it("shows the requests to the server, and refuses none", async () => {
    const { inputs } = await declared(visibility());
    const [policy] = Object.values(inputs) as { spec: Record<string, unknown> }[];
    assert.deepEqual(policy?.spec.enableDefaultDeny, { ingress: false });
    assert.deepEqual(policy.spec.ingress, [
      {
        fromEntities: ["all"],
        toPorts: [{ ports: [{ port: "52773", protocol: "TCP" }], rules: { http: [{}] } }],
      },
    ]);
  });

  it("does not stand beside deny-all, which it would undo", async () => {
    await assert.rejects(declared(visibility({ denyAll: true })), {
      message: /denyAll is true: flow visibility lets everybody in/,
    });
  });
});
