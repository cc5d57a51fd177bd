import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { contentHash } from "../fhir/content-hash.ts";
import { bundleArchive, bundleFiles, signatureFault } from "./bundle.ts";
import type { PolicySettings } from "./policy-settings.ts";

/** The key of the bundle in its ConfigMap, and the name of its file in the container. */
export const BUNDLE_FILE = "bundle.tar.gz";

export interface OpaBundleArgs {
  /** The namespace of the ConfigMap. */
  namespace: pulumi.Input<string>;
  /** Issuer and clinics, the bundle's data. */
  settings: PolicySettings;
  /** The signature of exactly this bundle, a JWT, as `npm run opa-bundle` makes it. */
  signature: string;
  /** PEM of the P-256 key that it must be by. */
  publicKey: string;
}

/**
 * The signed bundle of the DICOMweb policy in an immutable ConfigMap. The policy is that of components/dicom/policy, which its
 * tests test; a deployer cannot change it, nor the clinics' rules, without the signer. Another content has
 * another name, so that OPA's pods restart with it.
 *
 * Source: OPA's documentation, "Bundles" and "Signing".
 *
 * @throws ResourceError where the signature is not the key's, or of another content.
 */
export class OpaBundle extends pulumi.ComponentResource {
  /** Name of the ConfigMap, once it is there. */
  declare readonly configMap: pulumi.Output<string>;
  /** PEM of the key that OPA verifies the bundle with. */
  declare readonly publicKey: pulumi.Output<string>;

  constructor(name: string, args: OpaBundleArgs, opts: pulumi.ComponentResourceOptions) {
    const { namespace, settings, signature, publicKey } = args;
    super("attested-fhir:dicom:OpaBundle", name, { namespace, publicKey, signature }, opts);
    const files = bundleFiles(settings);
    const fault = signatureFault(files, signature, publicKey);
    if (fault !== undefined) {
      throw new pulumi.ResourceError(
        `the signature ${fault}: review the bundle, sign it by npm run opa-bundle, and give the new signature`,
        this,
      );
    }
    const bundle = bundleArchive(files, signature).toString("base64");
    const configMap = new ConfigMap(
      `${name}-config-map`,
      {
        metadata: { namespace, name: `${name}-${contentHash(bundle)}` },
        immutable: true,
        binaryData: { [BUNDLE_FILE]: bundle },
      },
      { parent: this },
    );
    this.configMap = configMap.metadata.name;
    this.publicKey = pulumi.output(publicKey);
    this.registerOutputs({ configMap: this.configMap });
  }
}
