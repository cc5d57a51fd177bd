import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { findCluster, kubeconfigFiles } from "../../../components/kubernetes/kubeconfig.ts";

/** A kubeconfig with one context, whose cluster and user have the same name. */
function kubeconfig(
  name: string,
  { server = `https://${name}.example.com:6443`, user = {}, cluster = {} } = {},
) {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster: { server, ...cluster } }],
    users: [{ name, user: { token: `token-of-${name}`, ...user } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
}

/** The entries of several kubeconfigs in one. */
function together(...all: readonly ReturnType<typeof kubeconfig>[]) {
  return {
    clusters: all.flatMap(({ clusters }) => clusters),
    users: all.flatMap(({ users }) => users),
    contexts: all.flatMap(({ contexts }) => contexts),
    "current-context": all[0]?.["current-context"],
  };
}

describe("kubeconfigFiles", () => {
  it("are those of KUBECONFIG in their order, without empty ones", () => {
    const path = fc.string({ minLength: 1 }).filter((text) => !text.includes(delimiter));
    fc.assert(
      fc.property(fc.array(path, { minLength: 1 }), (paths) => {
        assert.deepEqual(kubeconfigFiles(paths.join(delimiter), "/home/droid"), paths);
        assert.deepEqual(kubeconfigFiles(["", ...paths, ""].join(delimiter), "/home/droid"), paths);
      }),
    );
  });

  it("are the one in the home directory where KUBECONFIG names none", () => {
    for (const variable of [undefined, "", delimiter]) {
      const file = join("/home/droid", ".kube", "config");
      assert.deepEqual(kubeconfigFiles(variable, "/home/droid"), [file]);
    }
  });
});

describe("findCluster", () => {
  let dir = "";
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
  });
  after(() => rm(dir, { recursive: true, force: true }));

  async function write(name: string, content: unknown): Promise<string> {
    const file = join(dir, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? content : stringify(content));
    return file;
  }

  /** The result of looking up in a file. */
  function found(files: readonly string[], context?: string) {
    const finding = findCluster(files, context);
    return finding.kind === "cluster" ? finding.cluster : assert.fail(JSON.stringify(finding));
  }

  const faultOf = (files: readonly string[], context?: string) => {
    const finding = findCluster(files, context);
    return finding.kind === "fault" ? finding.fault : assert.fail(JSON.stringify(finding));
  };

  it("follows a context to its server, and returns a kubeconfig of that context only", async () => {
    const file = await write("two", together(kubeconfig("tatooine"), kubeconfig("hoth")));
    const { kubeconfig: text, ...cluster } = found([file], "hoth");
    assert.deepEqual(cluster, { context: "hoth", server: "https://hoth.example.com:6443", file });
    assert.deepEqual(JSON.parse(text), kubeconfig("hoth"));
  });

  it("takes the current context where none is named", async () => {
    const file = await write("current", together(kubeconfig("tatooine"), kubeconfig("hoth")));
    assert.equal(found([file]).context, "tatooine");
  });

  it("takes an entry from the first file that has its name, and skips files that do not exist", async () => {
    const absent = join(dir, "absent");
    const one = await write("one", {
      ...kubeconfig("hoth", { server: "https://one:1" }),
      "current-context": "",
    });
    const other = await write("other", kubeconfig("hoth", { server: "https://other:2" }));
    assert.deepEqual(
      [found([absent, one, other]).server, found([other, one]).server],
      ["https://one:1", "https://other:2"],
    );
    const context = { ...kubeconfig("endor"), clusters: null, users: undefined };
    const apart = await write("apart", context);
    const rest = await write("rest", { ...kubeconfig("endor"), contexts: [], "current-context": null });
    const cluster = found([apart, rest]);
    assert.deepEqual([cluster.server, cluster.file], ["https://endor.example.com:6443", apart]);
    assert.match(cluster.kubeconfig, /token-of-endor/);
  });

  it("has relative paths start from the file that they are in", async () => {
    const file = await write(
      "deep/config",
      kubeconfig("hoth", {
        cluster: { "certificate-authority": "ca.crt" },
        user: {
          "client-certificate": "../mine.crt",
          "client-key": "/keys/mine.key",
          exec: { command: "./login", args: ["a/b"] },
        },
      }),
    );
    const { clusters, users } = JSON.parse(found([file]).kubeconfig) as ReturnType<typeof kubeconfig>;
    assert.deepEqual(clusters[0]?.cluster, {
      server: "https://hoth.example.com:6443",
      "certificate-authority": join(dir, "deep", "ca.crt"),
    });
    assert.deepEqual(users[0]?.user, {
      token: "token-of-hoth",
      "client-certificate": join(dir, "mine.crt"),
      "client-key": "/keys/mine.key",
      exec: { command: join(dir, "deep", "login"), args: ["a/b"] },
    });
  });

  it("does not change a command that is found by PATH", async () => {
    const exec = { command: "gke-gcloud-auth-plugin", interactiveMode: "Never" };
    const file = await write("plugin", kubeconfig("hoth", { user: { exec } }));
    const { users } = JSON.parse(found([file]).kubeconfig) as { users: [{ user: { exec: unknown } }] };
    assert.deepEqual(users[0].user.exec, exec);
  });

  it("finds nothing where there is no kubeconfig", () => {
    const files = [join(dir, "absent"), join(dir, "gone")];
    assert.deepEqual(findCluster(files, "hoth"), {
      kind: "nothing",
      note: `${files.join(", ")} (from KUBECONFIG or the default) do not exist`,
    });
  });

  it("names the files and all their contexts where the wanted one is missing", async () => {
    const one = await write("names-1", together(kubeconfig("tatooine"), kubeconfig("hoth")));
    const other = await write("names-2", together(kubeconfig("hoth"), kubeconfig("endor")));
    assert.equal(
      faultOf([one, other], "kind-kind"),
      `is not a context of ${one}, ${other}: the contexts are endor, hoth, tatooine`,
    );
    const empty = await write("empty", "");
    assert.equal(faultOf([empty], "hoth"), `is not a context of ${empty}: there are none`);
    assert.equal(faultOf([empty]), `is missing, and ${empty} names no current context`);
  });

  it("names the cluster or user that a context refers to and no file defines", async () => {
    const file = await write("lost", { ...kubeconfig("hoth"), clusters: [] });
    assert.equal(faultOf([file]), `refers to the cluster "hoth", which ${file} does not define`);
    const noUser = await write("noUser", { ...kubeconfig("hoth"), users: null });
    assert.equal(faultOf([noUser]), `refers to the user "hoth", which ${noUser} does not define`);
  });

  it("names the file that is not a kubeconfig, and the reason", async () => {
    const broken = await write("broken", "clusters: [");
    assert.match(faultOf([broken]), /^cannot be looked up: .*broken is not a kubeconfig: /);
    const strange = await write("strange", { clusters: [{ name: "hoth", cluster: {} }] });
    assert.match(
      faultOf([strange]),
      /^cannot be looked up: .*strange is not a kubeconfig: [^]*clusters\[0\]\.cluster\.server/,
    );
    assert.match(faultOf([dir]), /^cannot be looked up: .* is not a kubeconfig: EISDIR/);
  });
});
