import type * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/gcp/provider.js";
import type { StackConfig } from "./config/stack-config.ts";
import type { Role } from "./config/schema/projects.ts";

/** The provider of a role's identity, or of the signer for attestations. */
export type GoogleProviders = (who: Role | "signer") => Provider;

/**
 * One Google Cloud provider for each distinct identity: a service account that the stack names, or the
 * caller of Pulumi where it names none. Every provider is a process, so each identity has only
 * one.
 *
 * Regions are set on the resources, not on the provider: a provider with a region lists all regions first.
 */
export function createProviders(config: StackConfig, parent: pulumi.Resource): GoogleProviders {
  const providers = new Map<string | undefined, Provider>();
  return (who) => {
    const account = who === "signer" ? signerAccount(config) : config.projects[who]?.serviceAccount;
    const known = providers.get(account);
    if (known !== undefined) return known;
    const provider = new Provider(
      providerName(account),
      {
        ...endpointsOf(config),
        ...(account !== undefined && { impersonateServiceAccount: account }),
      },
      { parent, transformations: [withoutProjectWarning] },
    );
    providers.set(account, provider);
    return provider;
  };
}

/**
 * The provider warns where it has no default project. Here that is intended: every resource names its project,
 * and one without must fail rather than be created in the provider's project. The argument that
 * turns it off is missing from the provider's type, so a transformation adds it.
 */
function withoutProjectWarning({
  props,
  opts,
}: pulumi.ResourceTransformationArgs): pulumi.ResourceTransformationResult {
  return { props: { ...props, disableGlobalProjectWarning: true }, opts };
}

/** The service account that signs and that the stack acts for; undefined where people sign themselves. */
export function signerAccount({ signer }: StackConfig): string | undefined {
  const prefix = "serviceAccount:";
  return signer?.startsWith(prefix) ? signer.slice(prefix.length) : undefined;
}

/** `gcp`, or `gcp-ACCOUNT-PROJECT`. */
function providerName(account: string | undefined): string {
  return account === undefined
    ? "gcp"
    : `gcp-${account.replace(".iam.gserviceaccount.com", "").replace("@", "-")}`;
}

function endpointsOf({ endpoints }: StackConfig) {
  const { kms, containerAnalysis, binaryAuthorization, serviceUsage, resourceManager, iam } = endpoints;
  return {
    ...(kms !== undefined && { kmsCustomEndpoint: kms }),
    ...(containerAnalysis !== undefined && { containerAnalysisCustomEndpoint: containerAnalysis }),
    ...(binaryAuthorization !== undefined && { binaryAuthorizationCustomEndpoint: binaryAuthorization }),
    ...(serviceUsage !== undefined && { serviceUsageCustomEndpoint: serviceUsage }),
    ...(resourceManager !== undefined && { resourceManagerCustomEndpoint: resourceManager }),
    ...(iam !== undefined && { iamCustomEndpoint: iam }),
  };
}
