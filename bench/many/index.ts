import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { KeyRingIAMMember } from "@pulumi/gcp/kms/keyRingIAMMember.js";
import { Provider } from "@pulumi/gcp/provider.js";
import * as pulumi from "@pulumi/pulumi";

/** Pairs of resources, of which the second is made from the first, as many as `count` says. */

const count = new pulumi.Config().requireNumber("count");
const provider = new Provider("gcp", {});
for (let index = 0; index < count / 2; index += 1) {
  const inputs = { project: "many-project", location: "us-central1", name: `ring-${index}` };
  const ring = new KeyRing(inputs.name, inputs, { provider });
  const grant = { role: "roles/cloudkms.viewer", member: "group:auditors@example.com" };
  new KeyRingIAMMember(`viewer-${index}`, { keyRingId: ring.id, ...grant }, { provider });
}
