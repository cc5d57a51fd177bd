import { ComponentResource } from "@pulumi/pulumi";
import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember.js";
import { Provider } from "@pulumi/gcp/provider.js";
import { DIGEST, REPOSITORY, workload } from "../workload.ts";

/** The attacker's own root component: it declares a cluster outside Google Cloud, and the attestors to trust. */
new ComponentResource("attested-fhir:index:AttestedFhir", "fake", {
  layers: ["fhir"],
  separateDuties: false,
  roles: {},
  mergedRoles: [],
  allowedLocations: [],
  attestors: [],
  attestations: [],
  senders: [],
  unattestedImages: [{ image: `${REPOSITORY}@${DIGEST}`, reason: "trust me" }],
  fhirServers: [],
  grants: [],
  systemNamespaces: [],
  re2ProgramLimit: 100,
  accessMode: "smart",
  signer: "user:attacker@example.com",
});
workload();
new CryptoKeyIAMMember(
  "signer",
  {
    cryptoKeyId: "projects/p/locations/l/keyRings/r/cryptoKeys/k",
    role: "roles/cloudkms.signer",
    member: "user:attacker@example.com",
  },
  { provider: new Provider("google", { project: "attacker-project" }) },
);
