import * as pulumi from "@pulumi/pulumi";
import { after } from "../../../components/after.ts";
import { DicomGateway, GATEWAY_NAME } from "../../../components/dicom/dicom-gateway.ts";
import { DicomNetwork } from "../../../components/dicom/dicom-network.ts";
import { DicomStore } from "../../../components/dicom/dicom-store.ts";
import type { Upstream } from "../../../components/dicom/envoy-config.ts";
import { OpaBundle } from "../../../components/dicom/opa-bundle.ts";
import { OpaServer } from "../../../components/dicom/opa-server.ts";
import { opaHost } from "../../../components/dicom/opa-server-spec.ts";
import { WorkloadAccount } from "../../../components/gcp/workload-account.ts";
import type { DicomConfig } from "../../config/schema/dicom.ts";
import { InternalError } from "../../internal-error.ts";
import type { LayerContext } from "../../layer-context.ts";
import type { FhirCluster } from "../fhir/fhir-cluster.ts";
import { namespaceLabels } from "../required-labels.ts";
import type { Signing } from "../signing.ts";

/** What the gateway needs of its cluster. */
export interface DicomCluster extends Pick<FhirCluster, "provider" | "google"> {
  /** Known once the cluster serves and enforces Cilium's policies. */
  readonly policiesReady: pulumi.Output<unknown>;
}

/** What is behind the gateway, and as whom it goes there. */
interface Destination {
  readonly upstream: pulumi.Input<Upstream>;
  readonly googleServiceAccount?: pulumi.Output<string>;
}

/**
 * The DICOMweb gateway in the FHIR server's cluster: network policies first, then OPA with its signed policy, then Envoy.
 *
 * @param signed the signing layer, where the same stack builds it
 * @returns the gateway's URL within the cluster; undefined where the stack has none
 */
export function dicom(
  context: LayerContext,
  cluster: DicomCluster,
  signed: Signing | undefined,
): pulumi.Output<string> | undefined {
  const { config, parent } = context;
  const settings = config.dicom;
  if (settings === undefined) return undefined;
  const { issuer, clinics, clients, replicas } = settings;
  const opts = { parent, provider: cluster.provider };
  const attested = (image: string) => signed?.attestedImages.get(image) ?? image;
  const { service } = settings.upstream;
  const network = new DicomNetwork(
    "dicom-network",
    {
      namespace: settings.namespace,
      policiesReady: cluster.policiesReady,
      namespaceLabels: namespaceLabels(config),
      clients,
      jwksUri: issuer.jwksUri,
      upstream: service === undefined ? { kind: "google" } : { kind: "service", ...service },
    },
    opts,
  );
  const { namespace } = network;
  const bundle = new OpaBundle(
    "dicom-bundle",
    { namespace, settings: { issuer, clinics }, ...settings.bundle },
    opts,
  );
  const opa = new OpaServer(
    "dicom-opa",
    { image: attested(settings.opaImage), namespace, replicas, bundle },
    opts,
  );
  const gateway = new DicomGateway(
    "dicom-gateway",
    {
      image: attested(settings.envoyImage),
      namespace: after(namespace, [opa.host]),
      replicas,
      issuer,
      // A text, so that a preview shows the whole configuration.
      opaHost: opaHost(settings.namespace),
      ...destination(context, cluster, settings),
    },
    opts,
  );
  return gateway.url;
}

function destination(context: LayerContext, cluster: DicomCluster, settings: DicomConfig): Destination {
  const { service, google } = settings.upstream;
  if (service !== undefined)
    return {
      upstream: { kind: "service", host: `${service.name}.${service.namespace}.svc`, port: service.port },
    };
  if (google === undefined || cluster.google === undefined)
    throw new InternalError("dicom.upstream names neither a Service nor a store");
  const { project, identity, parent } = context;
  const opts = { parent, provider: identity("fhir") };
  const account = new WorkloadAccount(
    "dicom-gateway-account",
    {
      project: project("fhir").enabled,
      accountId: GATEWAY_NAME,
      projectRoles: {},
      kubernetes: {
        workloadPool: cluster.google.workloadPool,
        namespace: settings.namespace,
        serviceAccount: GATEWAY_NAME,
      },
    },
    opts,
  );
  const clinics = Object.values(settings.clinics);
  const store = new DicomStore(
    "dicom-store",
    {
      project: project("fhir").enabled,
      ...google,
      kmsKeyName: cluster.google.kmsKeyName,
      gateway: account.member,
      writable: clinics.some(({ transactions }) => transactions?.includes("store") ?? true),
    },
    opts,
  );
  return {
    upstream: store.store.apply((path): Upstream => ({ kind: "google", store: path })),
    googleServiceAccount: account.email,
  };
}
