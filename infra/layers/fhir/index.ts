import * as pulumi from "@pulumi/pulumi";
import type { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { after } from "../../../components/after.ts";
import { DenyAll } from "../../../components/cilium/deny-all.ts";
import { FhirAccess } from "../../../components/cilium/fhir-access.ts";
import { FlowVisibility } from "../../../components/cilium/flow-visibility.ts";
import type { AccessMode } from "../../../components/fhir/access-mode.ts";
import { BreakGlass } from "../../../components/fhir/break-glass.ts";
import { FhirClient, type FhirTarget } from "../../../components/fhir/fhir-client.ts";
import { readableName } from "../../../components/fhir/fhir-record.ts";
import { FhirServer } from "../../../components/fhir/fhir-server.ts";
import { serverEndpoint } from "../../../components/fhir/fhir-server-spec.ts";
import { PatientRecord } from "../../../components/fhir/patient-record.ts";
import type { LayerConfig } from "../../config/layer-configs.ts";
import type { LayerContext } from "../../layer-context.ts";
import { oauthClient, smartApp } from "./smart.ts";
import { fhirCluster } from "./fhir-cluster.ts";
import { dicom } from "../dicom/index.ts";
import { namespaceLabels, requiredLabels } from "../required-labels.ts";
import { effectiveGrants } from "../../config/effective-grants.ts";
import type { FhirServerConfig } from "../../config/schema/fhir.ts";
import type { Signing } from "../signing.ts";

/** The outputs of the fhir layer. */
export interface Fhir {
  /** Base URL of the FHIR endpoint within its cluster, once the server is ready. */
  readonly url: pulumi.Output<string>;
  /** Where each record is on the server, once it is registered. */
  readonly records: pulumi.Output<string[]>;
  /** What protects the server's routes. */
  readonly accessMode: pulumi.Output<AccessMode>;
  /** When break-glass ends by itself; absent with `smart`. */
  readonly openUntil: pulumi.Output<string | undefined> | undefined;
  /** The internal address of the SMART app; absent where the stack has none. */
  readonly appAddress: pulumi.Output<string> | undefined;
  /** Base URL of the DICOMweb gateway within the cluster, once it is ready; absent where the stack has none. */
  readonly dicomUrl: pulumi.Output<string> | undefined;
  /** Kubeconfig of the cluster that the stack makes; it holds no token. Absent for a cluster that exists. */
  readonly kubeconfig: pulumi.Output<string> | undefined;
}

/** Names of applied policies, each known to resources only once it is applied. */
type Standing = readonly pulumi.Output<unknown>[];

/**
 * The fhir layer: cluster, Cilium, FHIR server, records, clients, and the policies of the grants.
 *
 * Policies are applied before the pods that they select, so that no request passes that is not granted.
 *
 * @param signed the signing layer, where the same stack builds it
 */
export function fhir(context: LayerContext<LayerConfig<"fhir">>, signed: Signing | undefined): Fhir {
  const { config, parent, now } = context;
  const { fhirServer } = config;
  const attested = (image: string) => signed?.attestedImages.get(image) ?? image;
  const cluster = fhirCluster(context, signed);
  const { provider, policiesReady, ciliumReady, kubeconfig, storageClass } = cluster;
  const opts = { parent, provider };

  const gke = config.fhirCluster.google !== undefined;
  const ciliumPoliciesReady = after(policiesReady, [ciliumReady]);
  requiredLabels(context, { name: "fhir", provider, gke, ciliumPoliciesReady }, signed);
  const denyAll = denyAllOf(context, fhirServer, policiesReady, provider);
  const closed = { ...cluster, policiesReady: after(policiesReady, [ciliumReady, ...denyAll]) };
  const dicomUrl = dicom(context, closed, signed);
  const { name: serverName, storage, ...settings } = fhirServer;
  // The policies need the server's namespace, and its pods the policies.
  const [applied, setApplied] = pulumi.deferredOutput<unknown>();
  const server = new FhirServer(
    serverName,
    {
      ...settings,
      server: serverName,
      image: attested(fhirServer.image),
      namespace: after(fhirServer.namespace, [ciliumReady, ...denyAll]),
      namespaceLabels: namespaceLabels(config),
      oauthClient: oauthClient(config.smart),
      storage: { size: storage.size, className: storage.className ?? storageClass },
      podsAfter: [applied],
    },
    opts,
  );
  const standing = [...denyAll, ...policiesOf(context, fhirServer, server, policiesReady, provider)];
  setApplied(pulumi.all([...standing]));
  const access = new BreakGlass(
    `${serverName}-access`,
    {
      server,
      accessMode: config.accessMode,
      debugMode: fhirServer.debugMode,
      breakGlass: config.breakGlass,
      denyAllStands: config.denyAll,
      serverOpenWithoutHttpRules: config.flowVisibility ? ["flow-visibility"] : [],
      standing,
      now,
    },
    opts,
  );
  const target = { namespace: after(server.namespace, standing), url: server.url };
  clientsOf(context, target, attested, provider);
  const app = { server: fhirServer, namespace: after(server.namespace, [policiesReady]), standing };
  return {
    appAddress: config.smart && smartApp(context, config.smart, { ...app, provider, attested }),
    url: server.url,
    records: pulumi.all(recordsOf(context, target, attested, provider)),
    accessMode: access.accessMode,
    openUntil: config.accessMode === "breakGlass" ? access.until : undefined,
    kubeconfig,
    dicomUrl,
  };
}

function denyAllOf(
  { config, parent }: LayerContext,
  { name }: FhirServerConfig,
  policiesReady: pulumi.Output<unknown>,
  provider: KubernetesProvider,
): Standing {
  if (!config.denyAll) return [];
  const policy = new DenyAll(
    "deny-all",
    {
      policyName: after(`denyall-${name}`, [policiesReady]),
      systemNamespaces: config.cilium.systemNamespaces,
    },
    { parent, provider },
  );
  return [policy.policyName];
}

function policiesOf(
  { config, parent }: LayerContext,
  { name, org, basePath }: FhirServerConfig,
  server: FhirServer,
  policiesReady: pulumi.Output<unknown>,
  provider: KubernetesProvider,
): Standing {
  const endpoint = serverEndpoint({ server: name, org, basePath });
  const namespace = after(server.namespace, [policiesReady]);
  const grants = effectiveGrants(config);
  const visibility = config.flowVisibility
    ? [
        new FlowVisibility(
          "flow-visibility",
          { namespace, server: endpoint, denyAll: config.denyAll },
          { parent, provider },
        ).policyName,
      ]
    : [];
  if (grants.length === 0) return visibility;
  const access = new FhirAccess(
    "fhir-access",
    { namespace, servers: [endpoint], grants, re2ProgramLimit: config.cilium.re2ProgramLimit },
    { parent, provider },
  );
  return [...visibility, access.policyNames];
}

type Attested = (image: string) => pulumi.Input<string>;

function clientsOf(
  { config, parent }: LayerContext,
  server: FhirTarget,
  attested: Attested,
  provider: KubernetesProvider,
): void {
  for (const [client, settings] of Object.entries(config.fhirClients)) {
    const image = attested(config.clientImage ?? "");
    new FhirClient(client, { ...settings, client, server, image }, { parent, provider });
  }
}

/** Where each record is, once it is registered. */
function recordsOf(
  { config, parent }: LayerContext,
  server: FhirTarget,
  attested: Attested,
  provider: KubernetesProvider,
): pulumi.Output<string>[] {
  return config.fhirRecords.map(({ record, authorization }) => {
    const image = attested(config.clientImage ?? "");
    const name = readableName(record);
    return new PatientRecord(name, { server, record, authorization, image }, { parent, provider }).path;
  });
}
