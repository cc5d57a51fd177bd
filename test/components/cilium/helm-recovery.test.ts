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

/** An API server that keeps these revisions, and records what it was asked to delete. */
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

describe("The hook before Helm creates the release", () => {
  it("does nothing where there is no release, and where Helm itself continues after a failure", async () => {
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

  it("deletes the record of an interrupted installation, whatever its values", async () => {
    const kept = new Kept([revision(1, "pending-install", { ...WANTED, version: "1.15.0" })]);
    await beforeCreate(kept, WANTED);
    assert.deepEqual(kept.deleted, ["v1"]);
  });

  it("deletes all revisions of a release that equals the wanted one", async () => {
    const other = { ...WANTED, values: {} };
    for (const status of ["deployed", "uninstalling"]) {
      const kept = new Kept([revision(10, status), revision(9, "superseded", other)]);
      await beforeCreate(kept, WANTED);
      assert.deepEqual(kept.deleted, ["v9", "v10"]);
    }
  });

  it("fails the installation where another release exists, and keeps that release", async () => {
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

  it("ignores a record that is gone meanwhile, and fails where deleting it is forbidden", async () => {
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

describe("The hook before Helm upgrades the release", () => {
  it("deletes the record of an interrupted upgrade, and keeps earlier revisions", async () => {
    for (const status of ["pending-upgrade", "pending-rollback"]) {
      const kept = new Kept([revision(2, "deployed"), revision(11, status), revision(10, "superseded")]);
      await beforeUpdate(kept);
      assert.deepEqual(kept.deleted, ["v11"]);
    }
  });

  it("does nothing where the last operation completed", async () => {
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
