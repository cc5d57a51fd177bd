import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { idIssue } from "./fhir-record.ts";
import { everyTenSeconds, readCommand } from "./fhir-request.ts";
import { UNPRIVILEGED_USER, restrictedContainer, restrictedPod } from "../kubernetes/pod-security.ts";

/** The server that a client sends requests to: a FhirServer. */
export interface FhirTarget {
  /** The namespace, in which the client runs too. */
  readonly namespace: pulumi.Input<string>;
  /** Base URL of the endpoint, without a slash at its end, once the server is ready. */
  readonly url: pulumi.Input<string>;
}

export interface FhirClientArgs {
  /** The server that it sends requests to. */
  server: FhirTarget;
  /** Name of the client, `fx-6`. */
  client: string;
  /** The organisation that it belongs to, its label `org`: `empire`. */
  org: string;
  /** What it is, its label `class`: `medicaldroid-surgical`. */
  class: string;
  /** Id of the patient whose record it reads, `DarthVader`. */
  patient: string;
  /** An image with `sh`, `sleep` and `curl` 7.55 or newer; pinned by digest, once it is attested. */
  image: pulumi.Input<string>;
}

/**
 * A client of the FHIR server: it requests its patient every 10 seconds, by HEAD, and logs the status of each
 * answer.
 *
 * Source: the Star Wars story's droids and payer, name for name and label for label.
 *
 * @throws ResourceError for a patient that is not a FHIR id.
 */
export class FhirClient extends pulumi.ComponentResource {
  /** Name of its Deployment, once it runs. */
  declare readonly name: pulumi.Output<string>;
  /** The patient that it requests, once it runs. */
  declare readonly patient: pulumi.Output<string>;

  constructor(name: string, args: FhirClientArgs, opts: pulumi.ComponentResourceOptions) {
    const { namespace, url } = args.server;
    super("attested-fhir:fhir:FhirClient", name, { ...args, server: { namespace, url } }, opts);
    const fault = idIssue(args.patient);
    if (fault !== undefined) throw new pulumi.ResourceError(`patient ${fault}`, this);
    const account = new ServiceAccount(
      `${name}-account`,
      { metadata: { namespace, name: args.client }, automountServiceAccountToken: false },
      { parent: this },
    );
    const deployment = new Deployment(
      `${name}-deployment`,
      {
        metadata: { namespace, name: args.client, labels: { "app.kubernetes.io/name": args.client } },
        spec: {
          replicas: 1,
          selector: { matchLabels: { org: args.org, class: args.class } },
          template: {
            metadata: {
              labels: { org: args.org, class: args.class, "app.kubernetes.io/name": args.client },
            },
            spec: clientPodSpec(args, account.metadata.name),
          },
        },
      },
      { parent: this },
    );
    this.name = deployment.metadata.name;
    this.patient = pulumi.output(args.patient);
    this.registerOutputs({ name: this.name, patient: this.patient });
  }
}

function clientPodSpec(
  { client, patient, image, server }: FhirClientArgs,
  serviceAccount: pulumi.Input<string>,
) {
  return {
    ...restrictedPod(serviceAccount, UNPRIVILEGED_USER),
    // A shell that runs as process 1 ignores SIGTERM.
    terminationGracePeriodSeconds: 1,
    containers: [
      {
        name: client,
        image,
        command: pulumi.output(server.url).apply((url) => everyTenSeconds(readCommand(url, patient))),
        resources: {
          requests: { cpu: "10m", memory: "16Mi" },
          limits: { cpu: "100m", memory: "64Mi" },
        },
        securityContext: restrictedContainer(),
      },
    ],
  };
}
