import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { Provider as GoogleProvider } from "@pulumi/gcp/provider.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Provider as KubernetesProvider } from "@pulumi/kubernetes/provider.js";
import { DynamicProvider } from "../../components/gcp/dynamic-provider.ts";
import { PublicKey } from "../../components/gcp/public-key.ts";

/** One resource of each plugin that the stacks use, and nothing else. */

const google = new GoogleProvider("gcp");
new KeyRing(
  "ring",
  { project: "floor-project", location: "us-central1", name: "ring" },
  { provider: google },
);

const kubeconfig = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [],
  users: [],
  contexts: [],
});
const kubernetes = new KubernetesProvider("kubernetes", { kubeconfig });
new ConfigMap("map", { metadata: { name: "map", namespace: "default" } }, { provider: kubernetes });

const keyVersion =
  "projects/floor-project/locations/us-central1/keyRings/ring/cryptoKeys/key/cryptoKeyVersions/1";
new PublicKey("key", { keyVersion }, { provider: new DynamicProvider("dynamic") });
