import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { kubeconfig } from "../../../components/gcp/kubeconfig.ts";

function exec(text: string) {
  const { users } = JSON.parse(text) as { users: [{ user: Record<string, unknown> }] };
  return users[0].user;
}

describe("kubeconfig", () => {
  const text = kubeconfig({ cluster: "mllp", host: "gke-1.us-central1.gke.goog" });

  it("leads to the DNS endpoint and asks Google's plugin for credentials", () => {
    assert.deepEqual(JSON.parse(text), {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "mllp", cluster: { server: "https://gke-1.us-central1.gke.goog" } }],
      users: [
        {
          name: "mllp",
          user: {
            exec: {
              apiVersion: "client.authentication.k8s.io/v1beta1",
              command: "gke-gcloud-auth-plugin",
              args: [],
              interactiveMode: "Never",
              provideClusterInfo: true,
              installHint: "Install gke-gcloud-auth-plugin: gcloud components install gke-gcloud-auth-plugin",
            },
          },
        },
      ],
      contexts: [{ name: "mllp", context: { cluster: "mllp", user: "mllp" } }],
      "current-context": "mllp",
    });
  });

  it("holds no credential: no token, no password, no client certificate", () => {
    assert.deepEqual(Object.keys(exec(text)), ["exec"]);
  });

  it("acts for a service account where one is named", () => {
    const serviceAccount = "deployer@project-id.iam.gserviceaccount.com";
    const { exec: plugin } = exec(kubeconfig({ cluster: "c", host: "h", serviceAccount })) as {
      exec: { args: string[] };
    };
    assert.deepEqual(plugin.args, [`--impersonate_service_account=${serviceAccount}`]);
  });

  it("is the same to kubectl, which reads YAML, whatever the names", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (cluster, host) => {
        const config = kubeconfig({ cluster, host });
        assert.deepEqual(parse(config), JSON.parse(config));
      }),
    );
  });
});
