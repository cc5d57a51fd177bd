import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { clusterIssue } from "../../../components/kubernetes/cluster-preflight.ts";
import { findCluster, type KubeconfigCluster } from "../../../components/kubernetes/kubeconfig.ts";
import { CILIUM_VERSION } from "../../../components/cilium/version.ts";
import { policyCrds } from "../../../components/cilium/policy-crds.ts";
import {
  type Client,
  type Cluster,
  clusterProgramsOrSkip,
  holds,
  startCluster,
  freePort,
} from "../../cluster/index.ts";

/** An API server's response to a path: status and body. */
type Answers = Readonly<Record<string, readonly [status: number, body: unknown]>>;

const API: Answers = { "/api": [200, { kind: "APIVersions" }] };
const POLICIES: Answers = {
  "/apis/cilium.io/v2": [
    200,
    { resources: [{ name: "ciliumnetworkpolicies" }, { name: "ciliumclusterwidenetworkpolicies" }] },
  ],
};
const AGENTS = "/apis/apps/v1/daemonsets?labelSelector=k8s-app%3Dcilium";
const ANETD = "/apis/apps/v1/namespaces/kube-system/daemonsets/anetd";
const REMEDY = "Install Cilium there, or let this stack install it.";

/** A cluster at an address, as a kubeconfig would define it. */
function known(server: string, user: object = { token: "secret token" }): KubeconfigCluster {
  const kubeconfig = {
    clusters: [{ name: "hoth", cluster: { server } }],
    users: [{ name: "me", user }],
    contexts: [{ name: "hoth", context: { cluster: "hoth", user: "me" } }],
    "current-context": "hoth",
  };
  return {
    context: "hoth",
    server,
    file: "/home/droid/.kube/config",
    kubeconfig: JSON.stringify(kubeconfig),
  };
}

/** The issue of a cluster with these responses; other paths are not found. */
async function faultOf(answers: Answers, needs = { cilium: true }): Promise<string | undefined> {
  const server = createServer(({ url = "" }, response) => {
    const [status, body] = answers[url] ?? [404, { kind: "Status" }];
    response.writeHead(status).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const fault = await clusterIssue(known(address), { timeout: 5000, ...needs });
    const which = `The cluster of context "hoth" in /home/droid/.kube/config, ${address}, `;
    assert.ok(fault?.startsWith(which) ?? true, fault);
    assert.doesNotMatch(fault ?? "", /secret token/);
    return fault?.slice(which.length);
  } finally {
    server.close().closeAllConnections();
  }
}

describe("clusterIssue", () => {
  it("finds no issue in a cluster that serves the policies and has agents for them", async () => {
    assert.equal(await faultOf({ ...API, ...POLICIES, [AGENTS]: [200, { items: [{}] }] }), undefined);
  });

  it("requires Cilium only where the stack does not install it", async () => {
    const missing =
      "it does not serve ciliumnetworkpolicies.cilium.io and ciliumclusterwidenetworkpolicies.cilium.io";
    assert.equal(await faultOf(API), `has no Cilium: ${missing}. ${REMEDY}`);
    assert.equal(await faultOf(API, { cilium: false }), undefined);
  });

  it("reports a missing kind of policy where only the other is served", async () => {
    const one: Answers = { "/apis/cilium.io/v2": [200, { resources: [{ name: "ciliumnetworkpolicies" }] }] };
    const fault = `has no Cilium: it does not serve ciliumclusterwidenetworkpolicies.cilium.io. ${REMEDY}`;
    assert.equal(await faultOf({ ...API, ...one }), fault);
  });

  it("reports missing agents where policies would be applied but not enforced", async () => {
    const fault = `serves Cilium's policies, but no agent enforces them: it has no DaemonSet with the label k8s-app=cilium. ${REMEDY}`;
    assert.equal(await faultOf({ ...API, ...POLICIES, [AGENTS]: [200, { items: [] }] }), fault);
  });

  it("assumes that objects are as required where it may not read them", async () => {
    const hidden: Answers = { [ANETD]: [403, {}], "/apis/cilium.io/v2": [403, {}], [AGENTS]: [403, {}] };
    assert.equal(await faultOf({ ...API, ...hidden }), undefined);
  });

  it("rejects GKE Dataplane V2, whether or not the stack installs Cilium", async () => {
    const answers: Answers = { ...API, ...POLICIES, [ANETD]: [200, {}], [AGENTS]: [200, { items: [{}] }] };
    for (const cilium of [true, false]) {
      assert.match((await faultOf(answers, { cilium })) ?? "", /^runs GKE Dataplane V2 \(DaemonSet anetd\)/);
    }
  });

  it("distinguishes rejected credentials from a server that is not a Kubernetes API", async () => {
    assert.match(
      (await faultOf({ "/api": [401, {}] })) ?? "",
      /^rejects the kubeconfig's credentials\. Log in/,
    );
    assert.match(
      (await faultOf({ "/api": [403, {}] })) ?? "",
      /^grants the kubeconfig's user no permissions\./,
    );
    for (const [status, body] of [
      [404, {}],
      [200, { kind: "Login" }],
      [200, "<html>"],
    ] as const) {
      const fault = (await faultOf({ "/api": [status, body] })) ?? "";
      assert.match(fault, new RegExp(`^is not a Kubernetes API server: it answers ${status} to GET /api\\.`));
    }
  });

  it("says why a cluster cannot be reached, and why there are no credentials", async () => {
    const server = `https://127.0.0.1:${await freePort()}`;
    const needs = { cilium: true, timeout: 5000 };
    assert.equal(
      await clusterIssue(known(server), needs),
      `The cluster of context "hoth" in /home/droid/.kube/config, ${server}, cannot be reached: ` +
        `connect ECONNREFUSED ${server.slice("https://".length)}. Start it, correct its entry in the kubeconfig, or name another context.`,
    );
    const exec = { apiVersion: "client.authentication.k8s.io/v1", command: "no-such-plugin" };
    assert.match(
      (await clusterIssue(known(server, { exec }), needs)) ?? "",
      / cannot be used: spawn no-such-plugin ENOENT\. Correct the credentials/,
    );
  });
});

describe("clusterIssue of a real cluster", function () {
  this.timeout(120_000);
  const CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  let cluster: Cluster;
  let client: Client;
  let administrator: KubeconfigCluster;

  before(async function () {
    cluster = await startCluster({ binDir: await clusterProgramsOrSkip(this) });
    ({ client } = cluster);
    const finding = findCluster([cluster.kubeconfig], "test");
    assert.ok(finding.kind === "cluster");
    administrator = finding.cluster;
  });
  // Undefined where the suite is skipped.
  after(() => (cluster as Cluster | undefined)?.stop());

  const fault = (who = administrator, cilium = true) => clusterIssue(who, { cilium, timeout: 5000 });

  it("reports missing Cilium at first, and nothing else", async () => {
    assert.match(
      (await fault()) ?? "",
      /has no Cilium: it does not serve ciliumnetworkpolicies\.cilium\.io and /,
    );
    assert.equal(await fault(administrator, false), undefined);
  });

  it("reports missing agents once the CRDs exist, and nothing once agents exist", async () => {
    for (const { name, args } of policyCrds(CILIUM_VERSION)) {
      await client.create(CRDS, args);
      await client.waitFor(`${CRDS}/${name}`, (crd) => holds(crd, "Established"));
    }
    assert.match((await fault()) ?? "", /but no agent enforces them/);
    const labels = { "k8s-app": "cilium" };
    const containers = [{ name: "agent", image: "agent" }];
    await client.create("/apis/apps/v1/namespaces/kube-system/daemonsets", {
      metadata: { name: "cilium", labels },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
    });
    assert.equal(await fault(), undefined);
  });

  it("reports no issue for a user without permission to read Cilium's objects", async () => {
    const account = "/api/v1/namespaces/default/serviceaccounts/default";
    const request = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const { status } = await client.create(`${account}/token`, request);
    assert.ok(typeof status?.token === "string");
    assert.equal(await fault(withToken(status.token)), undefined);
  });

  it("reports rejected credentials, and a certificate of an unknown authority", async () => {
    assert.match((await fault(withToken("wrong"))) ?? "", /rejects the kubeconfig's credentials/);
    const kubeconfig = administrator.kubeconfig.replace("certificate-authority-data", "nothing");
    assert.match(
      (await fault({ ...administrator, kubeconfig })) ?? "",
      /cannot be reached: self-signed certificate/,
    );
  });

  it("reports an API server that has stopped", async () => {
    await cluster.crash("kube-apiserver");
    assert.match((await fault()) ?? "", /cannot be reached: connect ECONNREFUSED 127\.0\.0\.1:/);
    await cluster.restart("kube-apiserver");
    assert.equal(await fault(), undefined);
  });

  function withToken(token: string): KubeconfigCluster {
    const kubeconfig = JSON.parse(administrator.kubeconfig) as object;
    const users = [{ name: "admin", user: { token } }];
    return { ...administrator, kubeconfig: JSON.stringify({ ...kubeconfig, users }) };
  }
});
