import assert from "node:assert/strict";
import { FhirClient, type FhirClientArgs } from "../../../components/fhir/fhir-client.ts";
import { readCommand } from "../../../components/fhir/fhir-request.ts";
import { declared, known, type Options, waitingFor } from "../mocks.ts";
import { CONTAINER, kubernetesObjects, onCluster, POD, securityOfPod, unhardened } from "./kubernetes.ts";
import { FhirServer } from "../../../components/fhir/fhir-server.ts";

const IMAGE = `docker.io/scrapinghub/httpbin@sha256:${"6".repeat(64)}`;
const URL = "http://coruscanthealth.galactic-fhir:52773/intersystems/fhir/r5";

const client =
  (args: Partial<FhirClientArgs> = {}) =>
  (opts: Options) =>
    new FhirClient(
      "fx-6",
      {
        server: { namespace: "galactic-fhir", url: URL },
        client: "fx-6",
        org: "empire",
        class: "medicaldroid-surgical",
        patient: "DarthVader",
        image: IMAGE,
        ...args,
      },
      onCluster(opts),
    );

describe("FhirClient", () => {
  it("declares the story's client, which requests its patient every 10 seconds", async () => {
    assert.deepEqual(kubernetesObjects(await declared(client())), {
      "kubernetes:core/v1:ServiceAccount fx-6-account": {
        metadata: { namespace: "galactic-fhir", name: "fx-6" },
        automountServiceAccountToken: false,
      },
      "kubernetes:apps/v1:Deployment fx-6-deployment": {
        metadata: {
          namespace: "galactic-fhir",
          name: "fx-6",
          labels: { "app.kubernetes.io/name": "fx-6" },
        },
        spec: {
          replicas: 1,
          selector: { matchLabels: { org: "empire", class: "medicaldroid-surgical" } },
          template: {
            metadata: {
              labels: { org: "empire", class: "medicaldroid-surgical", "app.kubernetes.io/name": "fx-6" },
            },
            spec: {
              ...POD,
              serviceAccountName: "fx-6",
              terminationGracePeriodSeconds: 1,
              securityContext: securityOfPod(65_532),
              containers: [
                {
                  name: "fx-6",
                  image: IMAGE,
                  command: [
                    "sh",
                    "-c",
                    'while :; do "$@"; sleep 10; done',
                    "sh",
                    ...readCommand(URL, "DarthVader"),
                  ],
                  resources: {
                    requests: { cpu: "10m", memory: "16Mi" },
                    limits: { cpu: "100m", memory: "64Mi" },
                  },
                  securityContext: CONTAINER,
                },
              ],
            },
          },
        },
      },
    });
  });

  it("runs a pod that complies with the guardrail pod-hardened", async () => {
    assert.deepEqual(unhardened(await declared(client())), []);
  });

  it("requests another patient by an update of the same Deployment", async () => {
    const deployment = async (patient: string) =>
      (await declared(client({ patient }))).resource("fx-6-deployment").inputs;
    const [wrong, right] = [await deployment("AnakinSkywalker"), await deployment("DarthVader")];
    assert.deepEqual(wrong.metadata, right.metadata);
    assert.equal(JSON.stringify(wrong).replaceAll("AnakinSkywalker", "DarthVader"), JSON.stringify(right));
    assert.notDeepEqual(wrong, right);
  });

  it("sends no request before the server is ready", async () => {
    const program = (opts: Options) => {
      const server = new FhirServer("fhir", { image: "image", protect: false }, onCluster(opts));
      return client({ server })(opts);
    };
    assert.ok((await waitingFor("kubernetes:core/v1:Service", program)).includes("fx-6-deployment"));
  });

  it("outputs its name and its patient, and shows guardrails its server", async () => {
    const { result, resource } = await declared(client());
    assert.equal(await known(result.name), "fx-6");
    assert.equal(await known(result.patient), "DarthVader");
    assert.deepEqual(resource("fx-6", "attested-fhir:fhir:FhirClient").inputs, {
      server: { namespace: "galactic-fhir", url: URL },
      client: "fx-6",
      org: "empire",
      class: "medicaldroid-surgical",
      patient: "DarthVader",
      image: IMAGE,
    });
  });

  it("rejects a patient that is not a FHIR id", async () => {
    await assert.rejects(declared(client({ patient: "Darth Vader" })), {
      message: 'patient = "Darth Vader": is not a FHIR id: 1 to 64 letters, digits, - and .',
    });
  });
});
