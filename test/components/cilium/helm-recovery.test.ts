import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { beforeCreate, beforeUpdate, type WantedRelease } from "../../../components/cilium/helm-recovery.ts";

const WANTED: WantedRelease = { version: "1.16.0", values: { l7Proxy: true, operator: { replicas: 1 } } };
const SECRETS = "/api/v1/namespaces/kube-system/secrets";

/** A revision of the release, as Helm would have kept it. */
function revision(version: number, status: string, { version: chart, values }: WantedRelease = WANTED) {
  const release = { chart: { metadata: { name: "cilium", version: chart } }, config: values, manifest: "…" };
  const packed = gzipSync(JSON.stringify(release)).toString("base64");
  return {
    metadata: {
      name: `sh.helm.release.v1.cilium.v${version}`,
      labels: { name: "cilium", owner: "helm", status, version: String(version) },
    },
    data: { release: Buffer.from(packed).toString("base64") },
  };
}

/** An API server that keeps these revisions, and what it was told to delete. */
class Kept {
  readonly deleted: string[] = [];
  private readonly revisions: readonly object[];
  private readonly statuses: { get: number; delete: number };

  constructor(revisions: readonly object[], statuses: { get?: number; delete?: number } = {}) {
    this.revisions = revisions;
    this.statuses = { get: 200, delete: 200, ...statuses };
  }

  get(path: string) {
    assert.equal(path, `${SECRETS}?labelSelector=owner%3Dhelm,name%3Dcilium`);
    return Promise.resolve({ status: this.statuses.get, body: { items: this.revisions } });
  }

  delete(path: string) {
    this.deleted.push(path.slice(`${SECRETS}/sh.helm.release.v1.cilium.`.length));
    return Promise.resolve({ status: this.statuses.delete, body: {} });
  }
}

describe("Before Helm makes the release", () => {
  it("nothing is to be done where there was none, and where Helm itself goes on after a failure", async () => {
    for (const revisions of [
      [],
      [revision(1, "failed")],
      [revision(1, "deployed"), revision(2, "uninstalled")],
    ]) {
      const kept = new Kept(revisions);
      await beforeCreate(kept, WANTED);
      assert.deepEqual(kept.deleted, []);
    }
  });

  it("one that was cut off is forgotten, whatever it was to be", async () => {
    const kept = new Kept([revision(1, "pending-install", { ...WANTED, version: "1.15.0" })]);
    await beforeCreate(kept, WANTED);
    assert.deepEqual(kept.deleted, ["v1"]);
  });

  it("one that is just as wanted is forgotten with all its revisions", async () => {
    const other = { ...WANTED, values: {} };
    for (const status of ["deployed", "uninstalling"]) {
      const kept = new Kept([revision(10, status), revision(9, "superseded", other)]);
      await beforeCreate(kept, WANTED);
      assert.deepEqual(kept.deleted, ["v9", "v10"]);
    }
  });

  it("one that is another, of whoever, stays and stops the installation", async () => {
    for (const other of [
      { ...WANTED, version: "1.15.0" },
      { ...WANTED, values: { l7Proxy: true } },
      { ...WANTED, values: {} },
    ]) {
      for (const status of ["deployed", "pending-upgrade"]) {
        const kept = new Kept([revision(9, "superseded"), revision(10, status, other)]);
        await assert.rejects(
          beforeCreate(kept, WANTED),
          /^Error: kube-system has a Helm release "cilium" that this stack did not create: .*helm uninstall cilium --namespace kube-system$/,
        );
        assert.deepEqual(kept.deleted, []);
      }
    }
  });

  it("one that goes by itself meanwhile is no fault, and one that may not be deleted is", async () => {
    await beforeCreate(new Kept([revision(1, "pending-install")], { delete: 404 }), WANTED);
    await assert.rejects(
      beforeCreate(new Kept([revision(1, "pending-install")], { delete: 403 }), WANTED),
      new Error("sh.helm.release.v1.cilium.v1 in kube-system cannot be deleted: 403"),
    );
    await assert.rejects(
      beforeCreate(new Kept([], { get: 403 }), WANTED),
      new Error("Helm's releases in kube-system cannot be listed: 403"),
    );
  });
});

describe("Before Helm changes the release", () => {
  it("a change that was cut off is forgotten, and what was before it stays", async () => {
    for (const status of ["pending-upgrade", "pending-rollback"]) {
      const kept = new Kept([revision(2, "deployed"), revision(11, status), revision(10, "superseded")]);
      await beforeUpdate(kept);
      assert.deepEqual(kept.deleted, ["v11"]);
    }
  });

  it("nothing is to be done where the last one came to an end", async () => {
    for (const revisions of [
      [],
      [revision(1, "pending-upgrade"), revision(2, "deployed")],
      [revision(1, "failed")],
    ]) {
      const kept = new Kept(revisions);
      await beforeUpdate(kept);
      assert.deepEqual(kept.deleted, []);
    }
  });
});
