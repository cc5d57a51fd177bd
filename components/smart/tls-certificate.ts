import * as pulumi from "@pulumi/pulumi";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";

/** Where a server's certificate comes from: a Secret that exists, or cert-manager. */
export type CertificateSource =
  | { readonly secret: string }
  | { readonly certManager: { readonly issuer: string; readonly kind: "Issuer" | "ClusterIssuer" } };

export interface TlsCertificateArgs {
  /** Namespace of the Secret. */
  namespace: pulumi.Input<string>;
  /** Name of the Certificate, and of the Secret that cert-manager writes. */
  certificateName: string;
  /** The names that the certificate is for. */
  dnsNames: readonly pulumi.Input<string>[];
  /** A Secret with `tls.crt`, `tls.key` and `ca.crt`, or the issuer of cert-manager that signs. */
  source: CertificateSource;
}

/** Days that a certificate is valid, and before its end that it is renewed. */
const LIFETIME = { duration: "2160h", renewBefore: "720h" };

/**
 * The certificate of a server: requested from cert-manager, or in a Secret that exists, which declares nothing.
 *
 * Source: cert-manager documentation, "Certificate resource"; Kubernetes documentation, "TLS Secrets".
 */
export class TlsCertificate extends pulumi.ComponentResource {
  /** Name of the Secret with `tls.crt`, `tls.key` and `ca.crt`. */
  declare readonly secretName: pulumi.Output<string>;

  constructor(name: string, args: TlsCertificateArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:smart:TlsCertificate", name, args, opts);
    const { namespace, certificateName, dnsNames, source } = args;
    this.secretName =
      "secret" in source
        ? pulumi.output(source.secret)
        : new CustomResource(
            `${name}-certificate`,
            {
              apiVersion: "cert-manager.io/v1",
              kind: "Certificate",
              metadata: {
                namespace,
                name: certificateName,
                annotations: { "pulumi.com/waitFor": "condition=Ready" },
              },
              spec: {
                secretName: certificateName,
                dnsNames,
                ...LIFETIME,
                privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
                issuerRef: { name: source.certManager.issuer, kind: source.certManager.kind },
              },
            },
            { parent: this },
          ).metadata.name;
    this.registerOutputs({ secretName: this.secretName });
  }
}
