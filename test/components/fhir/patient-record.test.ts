import assert from "node:assert/strict";
import fc from "fast-check";
import { contentHash } from "../../../components/fhir/content-hash.ts";
import { readableName } from "../../../components/fhir/fhir-record.ts";
import { putCommand } from "../../../components/fhir/fhir-request.ts";
import { PatientRecord, type PatientRecordArgs } from "../../../components/fhir/patient-record.ts";
import { type Declared, declared, known, type Options, waitingFor } from "../mocks.ts";
import { CONTAINER, kubernetesObjects, onCluster, POD, securityOfPod, unhardened } from "./kubernetes.ts";

const IMAGE = `docker.io/scrapinghub/httpbin@sha256:${"6".repeat(64)}`;
const URL = "http://coruscanthealth.galactic-fhir:52773/intersystems/fhir/r5";

/** The Star Wars story's vader.json. */
const VADER = {
  name: [{ use: "official", family: "Vader", given: ["Darth"] }],
  gender: "male",
  id: "DarthVader",
  birthDate: "1977-05-25",
  resourceType: "Patient",
};
const JSON_TEXT = JSON.stringify(VADER, undefined, 2);
const CONFIG = `register-patient-darthvader-${contentHash("Patient/DarthVader", JSON_TEXT)}`;

const registration =
  (args: Partial<PatientRecordArgs> = {}) =>
  (opts: Options) =>
    new PatientRecord(
      "vader",
      { server: { namespace: "galactic-fhir", url: URL }, record: VADER, image: IMAGE, ...args },
      onCluster(opts),
    );

const LABELS = { org: "registration", class: "registration-record" };

const JOB = {
  metadata: { namespace: "galactic-fhir", labels: LABELS },
  spec: {
    backoffLimit: 50,
    template: {
      metadata: { labels: { ...LABELS, "app.kubernetes.io/name": "register-patient-darthvader" } },
      spec: {
        ...POD,
        serviceAccountName: "register-patient-darthvader",
        securityContext: securityOfPod(65_532),
        restartPolicy: "OnFailure",
        containers: [
          {
            name: "register",
            image: IMAGE,
            command: putCommand({ server: URL, record: VADER, file: "/record/record.json" }),
            volumeMounts: [{ name: "record", mountPath: "/record", readOnly: true }],
            resources: {
              requests: { cpu: "10m", memory: "16Mi" },
              limits: { cpu: "100m", memory: "64Mi" },
            },
            securityContext: CONTAINER,
          },
        ],
        volumes: [{ name: "record", configMap: { name: CONFIG } }],
      },
    },
  },
};

/** The metadata of the resource of a name. */
function metadataOf({ resource }: Declared<unknown>, name: string) {
  return resource(name).inputs.metadata as { name: string };
}

/** The pod of the Job that is declared. */
async function podOf(args: Partial<PatientRecordArgs>) {
  const { resource } = await declared(registration(args));
  const { spec } = resource("vader-job").inputs as { spec: typeof JOB.spec };
  return spec.template.spec;
}

describe("PatientRecord", () => {
  it("declares a Job that puts the record under its own id, and stays once it is complete", async () => {
    const program = await declared(registration());
    const { name, ...metadata } = metadataOf(program, "vader-job");
    assert.match(name, /^register-patient-darthvader-[0-9a-f]{10}$/);
    assert.deepEqual(metadata, JOB.metadata);
    assert.deepEqual(kubernetesObjects(program), {
      "kubernetes:core/v1:ConfigMap vader-record": {
        metadata: { namespace: "galactic-fhir", name: CONFIG, labels: LABELS },
        data: { "record.json": JSON_TEXT },
        immutable: true,
      },
      "kubernetes:core/v1:ServiceAccount vader-account": {
        metadata: { namespace: "galactic-fhir", name: "register-patient-darthvader" },
        automountServiceAccountToken: false,
      },
      "kubernetes:batch/v1:Job vader-job": { ...JOB, metadata: { ...JOB.metadata, name } },
    });
  });

  it("runs a pod that complies with the guardrail pod-hardened", async () => {
    const authorization = { secret: "registrar", key: "header" };
    assert.deepEqual(unhardened(await declared(registration({ authorization }))), []);
  });

  it("registers again, by a Job of another name, exactly when its content changes", async () => {
    const names = async (args: Partial<PatientRecordArgs>) => {
      const program = await declared(registration(args));
      return [metadataOf(program, "vader-job").name, metadataOf(program, "vader-record").name];
    };
    const [job, config] = await names({});
    assert.deepEqual(await names({ record: structuredClone(VADER) }), [job, config]);
    const [changedJob, changedConfig] = await names({ record: { ...VADER, gender: "unknown" } });
    assert.notEqual(changedJob, job);
    assert.notEqual(changedConfig, config);
    for (const args of [
      { image: IMAGE.replaceAll("6", "7") },
      { server: { namespace: "galactic-fhir", url: `${URL}x` } },
      { authorization: { secret: "registrar", key: "header" } },
    ]) {
      const [otherJob, sameConfig] = await names(args);
      assert.notEqual(otherJob, job);
      assert.equal(sameConfig, config);
    }
  });

  it("authenticates by a header that only the pod sees, where the stack names a Secret", async () => {
    const pod = await podOf({ authorization: { secret: "registrar", key: "header" } });
    assert.deepEqual(pod.containers[0]?.command, [
      ...putCommand({
        server: URL,
        record: VADER,
        file: "/record/record.json",
        headers: "/authorization/headers",
      }),
    ]);
    assert.deepEqual(pod.containers[0].volumeMounts.at(-1), {
      name: "authorization",
      mountPath: "/authorization",
      readOnly: true,
    });
    assert.deepEqual(pod.volumes.at(-1), {
      name: "authorization",
      secret: { secretName: "registrar", items: [{ key: "header", path: "headers" }] },
    });
  });

  it("registers once its account and record exist, and then outputs the record's path", async () => {
    assert.deepEqual(await waitingFor("kubernetes:core/v1:ConfigMap", registration()), ["vader-job"]);
    assert.deepEqual(await waitingFor("kubernetes:core/v1:ServiceAccount", registration()), ["vader-job"]);
    const { result } = await declared(registration());
    assert.equal(await known(result.path), "Patient/DarthVader");
  });

  it("rejects a record that is not a FHIR resource", async () => {
    await assert.rejects(declared(registration({ record: { resourceType: "Patient" } })), {
      message: "the record's id is missing: give a FHIR id",
    });
  });
});

describe("the name of a record", () => {
  it("is one that Kubernetes takes, with room for a hash", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[A-Z][A-Za-z]{0,63}$/),
        fc.stringMatching(/^[A-Za-z0-9\-.]{1,64}$/),
        (resourceType, id) => {
          const name = `${readableName({ resourceType, id })}-${contentHash(id)}`;
          assert.match(name, /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/);
          assert.doesNotMatch(name, /--/);
        },
      ),
    );
  });
});
