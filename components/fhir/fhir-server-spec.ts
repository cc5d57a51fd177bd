import type * as pulumi from "@pulumi/pulumi";
import {
  type OAuthClient,
  ACCESS_KEY,
  accessConfigMap,
  scriptsConfigMap,
  SETTINGS_PATHS,
  settingsCommand,
  settingsEnvironment,
} from "./endpoint-settings.ts";
import { restrictedContainer, restrictedPod } from "../kubernetes/pod-security.ts";

/** The pod of an IRIS for Health FHIR server, as pure data. */

/** The port on which IRIS's web server serves FHIR. */
export const FHIR_PORT = 52_773;

/** User and group that own IRIS in InterSystems' images, `irisowner`. */
export const IRIS_OWNER = 51_773;

/** Labels of a server's pods, by which policies know them. */
export interface FhirServerLabels extends Readonly<Record<string, string>> {
  readonly org: string;
  readonly class: string;
  readonly "app.kubernetes.io/name": string;
}

/** The names of a server that a stack may set, with their defaults. */
export interface ServerNames {
  /** Name of the Deployment and the Service, and class of the pods. Defaults to `coruscanthealth`. */
  server?: string | undefined;
  /** The organisation that the pods belong to, their label `org`. Defaults to `empire`. */
  org?: string | undefined;
  /** Path of the endpoint, without a slash at its end. Defaults to `/intersystems/fhir/r5`. */
  basePath?: string | undefined;
}

/** The server as policies see it, known before any of it exists. */
export function serverEndpoint({
  server = "coruscanthealth",
  org = "empire",
  basePath = "/intersystems/fhir/r5",
}: ServerNames) {
  const labels: FhirServerLabels = { org, class: server, "app.kubernetes.io/name": server };
  return { name: server, port: FHIR_PORT, basePath, labels };
}

/** What a pod of the server is made of. */
export interface ServerPodArgs {
  image: pulumi.Input<string>;
  serviceAccount: pulumi.Input<string>;
  /** Name of the claim on the volume for IRIS's data. */
  claim: pulumi.Input<string>;
  /** Name of the server. */
  server: string;
  basePath: string;
  irisNamespace: string;
  /** The OAuth 2.0 client that verifies tokens; the endpoint's own settings when absent. */
  oauthClient?: OAuthClient | undefined;
}

/**
 * The server's pod, within Kubernetes' Pod Security Standard "restricted" and with a read-only root file system.
 * IRIS would not start as such a pod without these:
 *
 * - `--check-caps false`: iris-main otherwise insists on capabilities that IRIS, run as its own user, has no
 *   use for.
 * - IRIS writes where it is installed (locks, pids and logs of its web server) and into its owner's home (its
 *   registry, iris-main.log): both are copied from the image into a volume that lives as long as the pod.
 * - Data and settings live in durable %SYS, on a volume that outlives the pod.
 *
 * Source: InterSystems, "Running InterSystems Products in Containers" (iris-main, durable %SYS, ownership).
 */
export function serverPodSpec(args: ServerPodArgs) {
  const { server, image } = args;
  const pod = restrictedPod(args.serviceAccount, IRIS_OWNER);
  return {
    ...pod,
    // IRIS marks its databases with the host that has them open.
    hostname: server,
    // IRIS needs time to close its databases.
    terminationGracePeriodSeconds: 120,
    securityContext: { ...pod.securityContext, fsGroup: IRIS_OWNER, fsGroupChangePolicy: "OnRootMismatch" },
    initContainers: [installationCopy(image)],
    containers: [serverContainer(args)],
    volumes: [
      { name: "data", persistentVolumeClaim: { claimName: args.claim } },
      { name: "installation", emptyDir: { sizeLimit: "10Gi" } },
      { name: "tmp", emptyDir: { sizeLimit: "1Gi" } },
      { name: "state", emptyDir: { medium: "Memory", sizeLimit: "1Mi" } },
      { name: "scripts", configMap: { name: scriptsConfigMap(server).name } },
      {
        name: "access",
        // Optional: without the ConfigMap the server starts with its endpoint closed, so neither waits for the other.
        configMap: {
          name: accessConfigMap(server),
          optional: true,
          items: [{ key: ACCESS_KEY, path: ACCESS_KEY }],
        },
      },
    ],
  };
}

function installationCopy(image: pulumi.Input<string>) {
  return {
    name: "installation",
    image,
    command: ["cp", "--archive", "--force", "/usr/irissys", "/home/irisowner", "/copy/"],
    volumeMounts: [{ name: "installation", mountPath: "/copy" }],
    resources: {
      requests: { cpu: "100m", memory: "128Mi" },
      limits: { cpu: "1", memory: "512Mi" },
    },
    securityContext: restrictedContainer(),
  };
}

function serverContainer({ server, image, basePath, irisNamespace, oauthClient }: ServerPodArgs) {
  return {
    name: server,
    image,
    args: [
      "--check-caps",
      "false",
      "--ISCAgent",
      "false",
      "--before",
      settingsCommand("reset").join(" "),
      "--after",
      settingsCommand("start").join(" "),
    ],
    env: [
      { name: "ISC_DATA_DIRECTORY", value: "/data/iris" },
      ...settingsEnvironment(basePath, irisNamespace, oauthClient),
    ],
    ports: [{ name: "fhir", containerPort: FHIR_PORT, protocol: "TCP" }],
    ...serverProbes(),
    resources: {
      requests: { cpu: "500m", memory: "2Gi" },
      limits: { cpu: "2", memory: "4Gi" },
    },
    volumeMounts: [
      { name: "data", mountPath: "/data" },
      { name: "installation", mountPath: "/usr/irissys", subPath: "irissys" },
      { name: "installation", mountPath: "/home/irisowner", subPath: "irisowner" },
      { name: "tmp", mountPath: "/tmp" },
      { name: "state", mountPath: SETTINGS_PATHS.state },
      { name: "scripts", mountPath: SETTINGS_PATHS.scripts, readOnly: true },
      // The whole directory: the kubelet never refreshes a file mounted by subPath.
      { name: "access", mountPath: SETTINGS_PATHS.access, readOnly: true },
    ],
    securityContext: restrictedContainer(),
  };
}

/**
 * The server is ready once its endpoint is known to have the declared access mode, and only as long as the script
 * maintains it. No probe calls the endpoint itself: while the identity provider is down it may answer 401, which is
 * no reason to take it out of service or to restart it.
 */
function serverProbes() {
  return {
    startupProbe: { tcpSocket: { port: "fhir" }, periodSeconds: 5, failureThreshold: 120 },
    readinessProbe: {
      exec: { command: settingsCommand("ready") },
      periodSeconds: 5,
      timeoutSeconds: 5,
      failureThreshold: 2,
    },
    livenessProbe: { tcpSocket: { port: "fhir" }, periodSeconds: 20, failureThreshold: 6 },
  };
}
