import assert from "node:assert/strict";
import { OpaBundle } from "../../../components/dicom/opa-bundle.ts";
import { OpaServer } from "../../../components/dicom/opa-server.ts";
import { OPA_LABELS, opaConfig, opaPodSpec } from "../../../components/dicom/opa-server-spec.ts";
import { declared, known, type Options } from "../mocks.ts";
import { PUBLIC_KEY, SETTINGS, SIGNATURE } from "./signed.ts";

const IMAGE = `docker.io/openpolicyagent/opa@sha256:${"1".repeat(64)}`;

const server = (opts: Options, replicas = 2) => {
  const signed = { namespace: "dicom", settings: SETTINGS, signature: SIGNATURE, publicKey: PUBLIC_KEY };
  const bundle = new OpaBundle("bundle", signed, opts);
  return new OpaServer("opa", { image: IMAGE, namespace: "dicom", replicas, bundle }, opts);
};

describe("OpaServer", () => {
  it("declares pods that load nothing but the signed bundle", async () => {
    const { result, resource } = await declared(server);
    const config = resource("opa-config");
    assert.deepEqual(JSON.parse((config.inputs.data as { "opa.json": string })["opa.json"]), {
      ...opaConfig(PUBLIC_KEY, "/bundle/bundle.tar.gz"),
    });
    const { inputs } = resource("opa-deployment");
    const { name } = config.inputs.metadata as { name: string };
    const bundle = resource("bundle-config-map").inputs.metadata as { name: string };
    assert.deepEqual(inputs.spec, {
      replicas: 2,
      selector: { matchLabels: OPA_LABELS },
      template: {
        metadata: { labels: OPA_LABELS },
        spec: opaPodSpec({ image: IMAGE, serviceAccount: "dicom-opa", config: name, bundle: bundle.name }),
      },
    });
    assert.equal(await known(result.host), "dicom-opa.dicom.svc");
  });

  it("has a disruption budget where it has more than one pod", async () => {
    const budget = "kubernetes:policy/v1:PodDisruptionBudget opa-budget";
    assert.ok(budget in (await declared(server)).inputs);
    assert.ok(!(budget in (await declared((opts) => server(opts, 1))).inputs));
  });

  it("serves its API on its loopback only, and verifies the bundle before it loads it", () => {
    const [container] = opaPodSpec({
      image: IMAGE,
      serviceAccount: "a",
      config: "c",
      bundle: "b",
    }).containers;
    assert.ok(container?.args.includes("--addr=localhost:8181"));
    const { bundles, keys, decision_logs: logs } = opaConfig("KEY", "/bundle/bundle.tar.gz");
    assert.deepEqual(bundles.dicom, {
      resource: "file:///bundle/bundle.tar.gz",
      signing: { keyid: "bundle" },
    });
    assert.deepEqual(keys.bundle, { algorithm: "ES256", key: "KEY" });
    assert.equal(logs.mask_decision, "/system/log/mask");
  });
});
