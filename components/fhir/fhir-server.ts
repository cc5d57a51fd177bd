import * as pulumi from "@pulumi/pulumi";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { PersistentVolumeClaim } from "@pulumi/kubernetes/core/v1/persistentVolumeClaim.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { after } from "../after.ts";
import { BASE_PATH, BASE_PATH_FORM } from "../cilium/base-path.ts";
import { type OAuthClient, scriptsConfigMap } from "./endpoint-settings.ts";
import {
  type FhirServerLabels,
  serverEndpoint,
  type ServerNames,
  serverPodSpec,
} from "./fhir-server-spec.ts";
import { RESTRICTED_NAMESPACE } from "../kubernetes/pod-security.ts";

export interface FhirServerArgs extends ServerNames {
  /** Image of IRIS for Health with the endpoint installed; pinned by digest, once it is attested. */
  image: pulumi.Input<string>;
  /** Namespace to create and run in. Defaults to `galactic-fhir`. */
  namespace?: pulumi.Input<string> | undefined;
  /** Labels of the namespace, besides those of Pod Security Admission. Defaults to none. */
  namespaceLabels?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
  /** The IRIS namespace that the endpoint is installed in. Defaults to `USER`, as in the Star Wars story. */
  irisNamespace?: string | undefined;
  /** The OAuth 2.0 client by which the endpoint verifies tokens. Defaults to the endpoint's own settings. */
  oauthClient?: OAuthClient | undefined;
  /** The volume for IRIS's data: its size, `10Gi`, and its storage class, by default the cluster's. */
  storage?: { size: pulumi.Input<string>; className?: pulumi.Input<string> | undefined } | undefined;
  /** Whether Pulumi refuses to delete or replace namespace and volume, and the records with them. */
  protect: boolean;
  /** What must be applied before the server's pods start: the policies that select them. Defaults to nothing. */
  podsAfter?: readonly pulumi.Input<unknown>[] | undefined;
}

/**
 * The FHIR server: IRIS for Health behind a Service of type ClusterIP, in a namespace
 * that admits restricted pods only. Its endpoint is closed until a BreakGlass component of this server declares
 * otherwise.
 *
 * Source: the Star Wars story's manifest, name for name and label for label; Kubernetes' Pod Security Standard
 * "restricted"; InterSystems, "Running InterSystems Products in Containers".
 *
 * @throws ResourceError for an invalid base path.
 */
export class FhirServer extends pulumi.ComponentResource {
  /** The namespace, once it exists. */
  declare readonly namespace: pulumi.Output<string>;
  /** Name of the Service, once the namespace is there. */
  declare readonly name: pulumi.Output<string>;
  /** Port of the Service, 52773, once the namespace is there. */
  declare readonly port: pulumi.Output<number>;
  /** Path of the endpoint, without a slash at its end, once the namespace is there. */
  declare readonly basePath: pulumi.Output<string>;
  /** Labels of the pods, once the namespace is there. */
  declare readonly labels: pulumi.Output<FhirServerLabels>;
  /** Base URL of the endpoint within the cluster, once the server is ready. */
  declare readonly url: pulumi.Output<string>;

  constructor(name: string, args: FhirServerArgs, opts: pulumi.ComponentResourceOptions) {
    const { name: server, port, basePath, labels } = serverEndpoint(args);
    // Policies need the server's namespace: as inputs of this component they would wait for it, and it for them.
    const { irisNamespace = "USER", podsAfter = [], ...inputs } = args;
    super(
      "attested-fhir:fhir:FhirServer",
      name,
      { ...inputs, server, basePath, irisNamespace, labels },
      opts,
    );
    if (!BASE_PATH.test(basePath)) {
      throw new pulumi.ResourceError(
        `basePath = ${JSON.stringify(basePath)}: is not ${BASE_PATH_FORM}`,
        this,
      );
    }
    const namespace = this.createNamespace(name, args);
    const deployment = this.deployment(name, namespace, labels, {
      image: args.image,
      server,
      basePath,
      irisNamespace,
      oauthClient: args.oauthClient,
      serviceAccount: this.account(name, server, namespace),
      claim: this.claim(name, args, server, namespace),
      podsAfter,
    });
    const service = this.service(name, namespace, labels, port);

    this.namespace = namespace;
    this.name = after(server, [namespace]);
    this.port = after(port, [namespace]);
    this.basePath = after(basePath, [namespace]);
    this.labels = after(labels, [namespace]);
    const host = after(service.metadata.name, [deployment.metadata.name]);
    this.url = pulumi.interpolate`http://${host}.${namespace}:${port}${basePath}`;
    this.registerOutputs({
      namespace: this.namespace,
      name: this.name,
      port: this.port,
      basePath: this.basePath,
      labels: this.labels,
      url: this.url,
    });
  }

  private createNamespace(name: string, args: FhirServerArgs): pulumi.Output<string> {
    const labels = { ...RESTRICTED_NAMESPACE, ...args.namespaceLabels };
    return new Namespace(
      `${name}-namespace`,
      { metadata: { name: args.namespace ?? "galactic-fhir", labels } },
      { parent: this, protect: args.protect },
    ).metadata.name;
  }

  private account(name: string, server: string, namespace: pulumi.Output<string>): pulumi.Output<string> {
    return new ServiceAccount(
      `${name}-account`,
      { metadata: { namespace, name: server }, automountServiceAccountToken: false },
      { parent: this },
    ).metadata.name;
  }

  private claim(
    name: string,
    { storage = { size: "10Gi" }, protect }: FhirServerArgs,
    server: string,
    namespace: pulumi.Output<string>,
  ): pulumi.Output<string> {
    return new PersistentVolumeClaim(
      `${name}-data`,
      {
        metadata: {
          namespace,
          name: `${server}-data`,
          // Many storage classes bind a volume only once a pod asks for it, and this pod waits for the claim.
          annotations: { "pulumi.com/skipAwait": "true" },
        },
        spec: {
          accessModes: ["ReadWriteOnce"],
          resources: { requests: { storage: storage.size } },
          ...(storage.className !== undefined && { storageClassName: storage.className }),
        },
      },
      { parent: this, protect },
    ).metadata.name;
  }

  private deployment(
    name: string,
    namespace: pulumi.Output<string>,
    labels: FhirServerLabels,
    { podsAfter, ...pod }: Parameters<typeof serverPodSpec>[0] & Required<Pick<FhirServerArgs, "podsAfter">>,
  ): Deployment {
    const scripts = scriptsConfigMap(pod.server);
    const mounted = new ConfigMap(
      `${name}-scripts`,
      { metadata: { namespace, name: scripts.name }, data: scripts.data, immutable: true },
      { parent: this },
    );
    return new Deployment(
      `${name}-deployment`,
      {
        metadata: {
          namespace: after(namespace, [mounted.metadata.name, ...(podsAfter ?? [])]),
          name: pod.server,
          labels: { "app.kubernetes.io/name": pod.server },
        },
        spec: {
          replicas: 1,
          // Two instances of IRIS must never have the same databases open.
          strategy: { type: "Recreate" },
          // The image is large, and IRIS copies its databases when it starts for the first time.
          progressDeadlineSeconds: 1200,
          selector: { matchLabels: selectorOf(labels) },
          template: { metadata: { labels: { ...labels } }, spec: serverPodSpec(pod) },
        },
      },
      { parent: this, customTimeouts: { create: "20m", update: "20m" } },
    );
  }

  private service(
    name: string,
    namespace: pulumi.Output<string>,
    labels: FhirServerLabels,
    port: number,
  ): Service {
    const server = labels["app.kubernetes.io/name"];
    return new Service(
      `${name}-service`,
      {
        metadata: { namespace, name: server, labels: { "app.kubernetes.io/name": server } },
        spec: {
          type: "ClusterIP",
          selector: selectorOf(labels),
          ports: [{ name: "fhir", port, targetPort: "fhir", protocol: "TCP" }],
        },
      },
      // As long as the Deployment: it is done once one of its pods is ready.
      { parent: this, customTimeouts: { create: "20m", update: "20m" } },
    );
  }
}

function selectorOf({ org, class: own }: FhirServerLabels) {
  return { org, class: own };
}
