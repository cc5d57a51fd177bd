import * as pulumi from "@pulumi/pulumi";
import { Job } from "@pulumi/kubernetes/batch/v1/job.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { contentHash } from "./content-hash.ts";
import type { FhirTarget } from "./fhir-client.ts";
import { type FhirRecord, fhirRecord, readableName, recordPath, REGISTRATION } from "./fhir-record.ts";
import { putCommand } from "./fhir-request.ts";
import { UNPRIVILEGED_USER, restrictedContainer, restrictedPod } from "../kubernetes/pod-security.ts";

export interface PatientRecordArgs {
  /** The server to register at. */
  server: FhirTarget;
  /** The FHIR resource, as JSON: `resourceType` and `id` make up its URL. */
  record: Readonly<Record<string, unknown>>;
  /** An image with `curl` 7.55 or newer; pinned by digest, once it is attested. */
  image: pulumi.Input<string>;
  /**
   * A Secret of the namespace whose key holds a header to authenticate with, `Authorization: Bearer …`; nothing is
   * sent where it is absent.
   */
  authorization?: { secret: pulumi.Input<string>; key: pulumi.Input<string> } | undefined;
}

const RECORD = { directory: "/record", file: "record.json" };
const HEADERS = { directory: "/authorization", file: "headers" };

/**
 * A FHIR resource that is registered: a Job that puts it under its own id. Another record means another Job, and
 * so does another image or server: the name contains a hash of the Job's whole pod spec.
 *
 * The Job has no TTL: it stays once it is complete, or a refresh would miss it and the next `up` would
 * register again. It retries for hours: where an `up` no longer waits for it, a later one finds it
 * complete.
 *
 * Source: the Star Wars story's `curl -X PUT … -d @vader.json`; FHIR R5, RESTful API, update.
 *
 * @throws ResourceError for a record that is not a FHIR resource.
 */
export class PatientRecord extends pulumi.ComponentResource {
  /** Where the record is on its server, `Patient/DarthVader`, once it is registered. */
  declare readonly path: pulumi.Output<string>;

  constructor(name: string, args: PatientRecordArgs, opts: pulumi.ComponentResourceOptions) {
    const { namespace, url } = args.server;
    super("attested-fhir:fhir:PatientRecord", name, { ...args, server: { namespace, url } }, opts);
    const record = this.checked(args.record);
    const json = JSON.stringify(record, undefined, 2);
    const readable = readableName(record);
    const config = new ConfigMap(
      `${name}-record`,
      {
        metadata: {
          namespace,
          name: `${readable}-${contentHash(recordPath(record), json)}`,
          labels: REGISTRATION,
        },
        data: { [RECORD.file]: json },
        immutable: true,
      },
      { parent: this },
    );
    const account = new ServiceAccount(
      `${name}-account`,
      { metadata: { namespace, name: readable }, automountServiceAccountToken: false },
      { parent: this },
    );
    const pod = jobPodSpec(args, record, { config: config.metadata.name, account: account.metadata.name });
    const job = new Job(
      `${name}-job`,
      {
        metadata: {
          namespace,
          // A Job's pod template is immutable: another pod needs another Job, hence another name.
          name: pulumi.output(pod).apply((known) => `${readable}-${contentHash(JSON.stringify(known))}`),
          labels: REGISTRATION,
        },
        spec: {
          backoffLimit: 50,
          template: {
            metadata: { labels: { ...REGISTRATION, "app.kubernetes.io/name": readable } },
            spec: pod,
          },
        },
      },
      { parent: this },
    );
    this.path = job.metadata.name.apply(() => recordPath(record));
    this.registerOutputs({ path: this.path });
  }

  private checked(record: unknown): FhirRecord {
    try {
      return fhirRecord(record);
    } catch (error) {
      throw new pulumi.ResourceError((error as Error).message, this);
    }
  }
}

function jobPodSpec(
  { server, image, authorization }: PatientRecordArgs,
  record: FhirRecord,
  names: { readonly config: pulumi.Input<string>; readonly account: pulumi.Input<string> },
) {
  const headers = authorization && `${HEADERS.directory}/${HEADERS.file}`;
  const file = `${RECORD.directory}/${RECORD.file}`;
  const secret = authorization && {
    secretName: authorization.secret,
    items: [{ key: authorization.key, path: HEADERS.file }],
  };
  return {
    ...restrictedPod(names.account, UNPRIVILEGED_USER),
    restartPolicy: "OnFailure",
    containers: [
      {
        name: "register",
        image,
        command: pulumi.output(server.url).apply((url) => putCommand({ server: url, record, file, headers })),
        volumeMounts: [
          { name: "record", mountPath: RECORD.directory, readOnly: true },
          ...(secret ? [{ name: "authorization", mountPath: HEADERS.directory, readOnly: true }] : []),
        ],
        resources: {
          requests: { cpu: "10m", memory: "16Mi" },
          limits: { cpu: "100m", memory: "64Mi" },
        },
        securityContext: restrictedContainer(),
      },
    ],
    volumes: [
      { name: "record", configMap: { name: names.config } },
      ...(secret ? [{ name: "authorization", secret }] : []),
    ],
  };
}
