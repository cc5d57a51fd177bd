import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { cilium } from "@pulumi/kubernetes-cilium";
import { CiliumClusterwideNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumClusterwideNetworkPolicy.js";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
import { CILIUM_VERSION, CILIUM_VERSIONS } from "../../../components/cilium/version.ts";
import { UserError } from "../../../preview/user-error.ts";
import {
  CORRECTIONS,
  manifestOfAWorkspace,
  onlyTheTwoPolicies,
  providerOfTheRoot,
  withoutPatchTypes,
} from "../../../scripts/crds/corrections.ts";
import { findCrds } from "../../../scripts/crds/crds.ts";
import { differences, readFiles } from "../../../scripts/crds/files.ts";
import { generatePackage } from "../../../scripts/crds/generate.ts";
import { findGenerator } from "../../../scripts/crds/generator.ts";
import { policyCrdLines, policyCrdsFile } from "../../../scripts/crds/policy-crds.ts";
import { skipWithout } from "../../toolchain/skip.ts";
import { declared } from "../mocks.ts";

const execute = promisify(execFile);
const require = createRequire(import.meta.url);

const repository = join(import.meta.dirname, "..", "..", "..");
const committed = join(repository, "components", "cilium", "crds");

/** A typical program, in the directory of the package, which it imports by its name. */
const PROGRAM = `
import { cilium, type types } from "@pulumi/kubernetes-cilium";
import { CiliumNetworkPolicy } from "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";

const spec: types.input.cilium.v2.CiliumNetworkPolicySpec = {
  endpointSelector: { matchLabels: { org: "empire" } },
  ingress: [{ toPorts: [{ ports: [{ port: "52773", protocol: "TCP" }], rules: { http: [{ method: "GET" }] } }] }],
};
export const policy: cilium.v2.CiliumNetworkPolicy = new CiliumNetworkPolicy("policy", { spec });
export const name = policy.metadata.name;
// @ts-expect-error: a port is a string
new cilium.v2.CiliumNetworkPolicy("port", { spec: { egress: [{ toPorts: [{ ports: [{ port: 53 }] }] }] } });
// @ts-expect-error: a field is misspelt
new cilium.v2.CiliumClusterwideNetworkPolicy("misspelt", { spec: { ingres: [] } });
`;

describe("@pulumi/kubernetes-cilium", () => {
  const spec = { endpointSelector: {}, ingress: [{}] };

  it("declares the two policies by the API's own kinds, through the provider that they are given", async () => {
    const asked: unknown[] = [];
    const watch: pulumi.ResourceTransformation = ({ opts }) => {
      asked.push(opts.version);
      return undefined;
    };
    const { inputs, resource } = await declared(() => {
      const opts = { provider: new Provider("fhir", {}), transformations: [watch] };
      new CiliumNetworkPolicy("rule", { metadata: { namespace: "galactic-fhir" }, spec }, opts);
      new CiliumClusterwideNetworkPolicy("deny-all", { spec }, opts);
    });
    assert.deepEqual(inputs, {
      "kubernetes:cilium.io/v2:CiliumNetworkPolicy rule": {
        apiVersion: "cilium.io/v2",
        kind: "CiliumNetworkPolicy",
        metadata: { namespace: "galactic-fhir" },
        spec,
      },
      "kubernetes:cilium.io/v2:CiliumClusterwideNetworkPolicy deny-all": {
        apiVersion: "cilium.io/v2",
        kind: "CiliumClusterwideNetworkPolicy",
        spec,
      },
    });
    assert.equal(resource("rule").provider, "fhir");
    assert.equal(resource("deny-all").provider, "fhir");
    const { version } = require("@pulumi/kubernetes/package.json") as { version: string };
    assert.deepEqual(asked, [version, version], "they ask for another provider than the root's package");
  });

  it("gives the same classes by its root and by single files", () => {
    assert.equal(cilium.v2.CiliumNetworkPolicy, CiliumNetworkPolicy);
    assert.equal(cilium.v2.CiliumClusterwideNetworkPolicy, CiliumClusterwideNetworkPolicy);
  });

  it("loads two files for a policy, so that a preview does not wait for it", async () => {
    const policy = "@pulumi/kubernetes-cilium/cilium/v2/ciliumNetworkPolicy.js";
    const script = `for (const name of ["@pulumi/pulumi", "@pulumi/pulumi/runtime"]) require(name);
      const before = Object.keys(require.cache);
      require(${JSON.stringify(policy)});
      console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.includes(file))));`;
    const { stdout } = await execute(process.execPath, ["--eval", script], { cwd: repository });
    const loaded = ["cilium/v2/ciliumNetworkPolicy.js", "utilities.js"];
    assert.deepEqual(
      (JSON.parse(stdout) as string[]).sort(),
      loaded.map((file) => join(committed, "bin", file)),
    );
  });

  it("depends on the root's Pulumi packages, and has nothing that runs or is fetched when it is installed", async () => {
    const manifest = await json(join(committed, "package.json"));
    const { dependencies } = (await json(join(repository, "package.json"))) as {
      dependencies: Record<string, string>;
    };
    const same = {
      "@pulumi/kubernetes": dependencies["@pulumi/kubernetes"],
      "@pulumi/pulumi": dependencies["@pulumi/pulumi"],
    };
    assert.equal(manifest.version, CILIUM_VERSION, "npm run crds brings it up to version.ts");
    assert.deepEqual(manifest.dependencies, same, "npm run crds brings it up to the root's package.json");
    for (const key of ["scripts", "devDependencies", "optionalDependencies", "pulumi", "gypfile"]) {
      assert.ok(!(key in manifest), `package.json has ${key}`);
    }
  });
});

describe("npm run crds (needs crd2pulumi and Cilium's CRDs)", function () {
  // It compiles some 30,000 lines, and may have to fetch a Go module first.
  this.timeout(300_000);
  let generator = "";
  let dir = "";

  before(async function () {
    try {
      generator = await findGenerator(process.env, repository);
      for (const version of CILIUM_VERSIONS) await findCrds(version, { env: process.env });
    } catch (error) {
      const lacking = generator === "" ? "crd2pulumi" : "Cilium's CRDs";
      if (error instanceof UserError) skipWithout(this, lacking, error.message);
      throw error;
    }
    dir = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
    await symlink(join(repository, "node_modules"), join(dir, "node_modules"), "junction");
  });
  after(() => rm(dir, { recursive: true, force: true }));

  for (const version of CILIUM_VERSIONS) {
    it(`makes a package of Cilium ${version} that strict programs compile with`, async () => {
      const out = join(dir, version);
      const crds = await findCrds(version, { env: process.env });
      await generatePackage({ cilium: version, crds, generator, repository, out });
      if (version === CILIUM_VERSION) {
        const changed = differences(await readFiles(committed), await readFiles(out));
        assert.deepEqual(changed, [], "components/cilium/crds is not what npm run crds makes");
      }
      await writeFile(join(out, "program.mts"), PROGRAM);
      const strict = { extends: join(repository, "tsconfig.json"), include: ["program.mts"], exclude: [] };
      await writeFile(join(out, "strict.json"), JSON.stringify(strict));
      const compiler = require.resolve("typescript/bin/tsc");
      const compiling = execute(process.execPath, [compiler, "--project", join(out, "strict.json")]);
      const { stdout } = await compiling.catch((failed: unknown) => failed as { stdout: string });
      assert.equal(stdout, "");
    });

    it(`writes down the CRDs of Cilium ${version} that the program applies`, async () => {
      const lines = await policyCrdLines(await findCrds(version, { env: process.env }));
      const file = join(repository, "packages/cilium-access/crds", policyCrdsFile(version));
      assert.equal(await readFile(file, "utf8"), lines, `${file} is not what npm run crds makes`);
    });
  }
});

describe("The corrections of crd2pulumi's output", () => {
  const pins = { cilium: "1.16.0", kubernetes: "4.32.0", pulumi: "3.259.0" };

  it("each refuse output that does not have what they correct", () => {
    for (const correct of CORRECTIONS) assert.throws(() => correct(new Map(), pins), UserError, correct.name);
  });

  it("put the root's version in place of the generator's, wherever that is", () => {
    const utilities = (text: string) => new Map([["utilities.ts", text]]);
    const line = (version: string) => `export const getVersion: () => string = () => "${version}"\n`;
    assert.deepEqual(providerOfTheRoot(utilities(line("4.23.0")), pins), utilities(line("4.32.0")));
    for (const text of ["", line("4.23.0").repeat(2), "export function getVersion() {}"]) {
      assert.throws(
        () => providerOfTheRoot(utilities(text), pins),
        /^UserError: utilities\.ts: .* there [02] times/,
      );
    }
  });

  it("refuse a package.json with anything that they do not know", async () => {
    const text = await readFile(join(committed, "package.json"), "utf8");
    assert.throws(
      () => manifestOfAWorkspace(new Map([["package.json", text]]), pins),
      /^UserError: package\.json: what crd2pulumi wrote is not as expected:[^]*Unrecognized keys: .*"exports"/,
    );
  });

  it("refuse CRDs of other kinds, and of fewer", async () => {
    const files = await readFiles(committed);
    assert.throws(() => onlyTheTwoPolicies(files), /differs in .*cilium\/v2\/ciliumNetworkPolicyPatch\.ts/);
    const more = new Map(files).set("cilium/v2/ciliumNode.ts", "");
    assert.throws(() => onlyTheTwoPolicies(more), /differs in .*cilium\/v2\/ciliumNode\.ts/);
  });

  it("leave out the types of patches with their comments, and nothing else", () => {
    const type = (name: string) =>
      `\n    /**\n     * What it is.\n     */\n    export interface ${name} {\n    }\n`;
    const file = (...names: string[]) => `export namespace v2 {${names.map(type).join("")}}\n`;
    const types = file("Spec", "SpecPatch", "SpecPatchPatch", "SpecPatches", "StatusPatch");
    assert.equal(withoutPatchTypes(types), file("Spec", "SpecPatches"));
    assert.throws(() => withoutPatchTypes(file("Spec")), UserError);
  });
});

describe("What npm run crds looks for", () => {
  let machine = "";
  beforeEach(async () => {
    machine = await mkdtemp(join(tmpdir(), "attested-fhir-test-"));
    await mkdir(join(machine, "checkout"));
  });
  afterEach(() => rm(machine, { recursive: true, force: true }));

  it("are the CRDs that the user names by a file, then those of the directory in CILIUM_DIR", async () => {
    const search = { env: { PATH: "", CILIUM_DIR: join(machine, "cilium") } };
    const missing = (file: string) => new UserError(`There is no file ${file} to take the CRDs from.`);
    const inDir = join(machine, "cilium", "crds-1.2.3.yaml");
    await assert.rejects(findCrds("1.2.3", search), missing(inDir));
    await mkdir(join(inDir, ".."));
    await writeFile(inDir, "");
    assert.deepEqual((await findCrds("1.2.3", search)).files, [inDir]);
    const named = join(machine, "mine.yaml");
    await assert.rejects(findCrds("1.2.3", { ...search, named }), missing(named));
    await writeFile(named, "");
    assert.deepEqual((await findCrds("1.2.3", { ...search, named })).files, [named]);
  });

  it("are Cilium's Go module after that, and else it says what to do", async () => {
    const search = { env: { PATH: machine, CILIUM_DIR: "" } };
    await assert.rejects(
      findCrds("1.2.3", search),
      /CRDs of Cilium 1\.2\.3 .*\n.*--crds FILE[^]*there is none on PATH$/,
    );
    const go = (answer: object, code: number) =>
      program("go", `echo '${JSON.stringify(answer)}'; exit ${code}`);
    await go({ Error: "no such version" }, 1);
    await assert.rejects(findCrds("1.2.3", search), /The go command was asked: no such version$/);
    await go({ Dir: "/module" }, 0);
    const { files, origin } = await findCrds("1.2.3", search);
    assert.deepEqual(
      files.map((file) => file.startsWith(join("/module", "pkg", "k8s"))),
      [true, true],
    );
    assert.equal(origin, "Go module github.com/cilium/cilium@v1.2.3");
  });

  it("is crd2pulumi in the version that the corrections are made for", async () => {
    const checkout = join(machine, "checkout");
    await symlink(join(repository, "node_modules"), join(checkout, "node_modules"), "junction");
    const env = { PATH: machine, XDG_CACHE_HOME: machine };
    await assert.rejects(
      findGenerator(env, checkout),
      /^UserError: crd2pulumi was not found\. Version .* is needed/,
    );
    await program("crd2pulumi", "echo v1.5.0");
    await assert.rejects(findGenerator(env, checkout), /is crd2pulumi 1\.5\.0, .* is needed/);
    await program("crd2pulumi", "echo v1.6.2");
    assert.equal(await findGenerator(env, checkout), join(machine, "crd2pulumi"));
  });

  async function program(name: string, script: string): Promise<void> {
    await writeFile(join(machine, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(machine, name), 0o755);
  }
});

async function json(file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(file, "utf8")) as Record<string, unknown>;
}
