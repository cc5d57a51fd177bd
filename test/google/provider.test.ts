import { KeyRing } from "@pulumi/gcp/kms/keyRing.js";
import { IAMMember } from "@pulumi/gcp/projects/iammember.js";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import assert from "node:assert/strict";
import { type Ask, askerOf } from "./client.ts";
import { describeWithDocuments } from "./documents.ts";
import { openEngine, TOKEN } from "./engine.ts";
import { type Google, startGoogle } from "./index.ts";
import { objectAt, objectsAt, textAt } from "./json.ts";
import { declareSigningLayer, providerOf, SIGNER } from "./signing-layer.ts";
import { currentToolchain } from "../toolchain/current.ts";
import { toolchainOrSkip } from "../toolchain.ts";

describeWithDocuments(
  "The Google Cloud plugin, or its stand-in, against the simulated control plane",
  function (discoveryDir) {
    this.timeout(120_000);
    const closers: (() => Promise<void>)[] = [];
    let google: Google;
    let ask: Ask;
    let stack: Stack;
    let toolchain: string;
    let isStandIn: boolean;

    before(async function () {
      const plugin = "pulumi-resource-gcp";
      toolchain = (await toolchainOrSkip(this, { plugins: [plugin] })).binDir;
      isStandIn = (await currentToolchain())?.standIns.includes(plugin) === true;
      console.log(`    run with ${isStandIn ? "the stand-in for the gcp plugin" : "the gcp plugin"}`);
      const projects = ["kms", "note", "attestor", "attestation"].map((role) => ({
        projectId: `demo-${role}`,
      }));
      google = await startGoogle({ discoveryDir, projects, accounts: [SIGNER], operationPolls: 1 });
      closers.push(google.stop);
      ask = askerOf(google);
      const engine = await openEngine(google, toolchain, () => {
        declareSigningLayer(google);
      });
      closers.push(engine.close);
      stack = engine.stack;
    });
    after(async () => {
      for (const close of closers.reverse()) await close();
    });

    it("creates the signing layer", async () => {
      const { summary } = await stack.up();
      assert.deepEqual(summary.resourceChanges, { create: 17 });
      const [attestation] = google.list("containeranalysis", "projects/demo-attestation/occurrences");
      const { body } = await ask(
        "POST binaryauthorization/v1/projects/demo-attestor/attestors/attestor:validateAttestationOccurrence",
        {
          occurrenceNote: textAt(attestation, "noteName") ?? "",
          occurrenceResourceUri: textAt(attestation, "resourceUri") ?? "",
          attestation: objectAt(attestation, "attestation"),
        },
      );
      assert.deepEqual(body, { result: "VERIFIED" });
    });

    it("has no changes afterwards, with and without a refresh", async () => {
      const { changeSummary } = await stack.preview();
      assert.deepEqual(changeSummary, { same: 17 });
      const { summary } = await stack.refresh();
      assert.deepEqual(summary.resourceChanges, { same: 17 });
    });

    it("detects changes made outside Pulumi", async () => {
      await ask("PATCH containeranalysis/v1/projects/demo-note/notes/note?updateMask=shortDescription", {
        shortDescription: "changed",
      });
      const { changeSummary } = await stack.preview({ refresh: true });
      assert.deepEqual(changeSummary, { same: 16, update: 1 });
      await stack.up({ refresh: true });
      assert.equal(
        google.find("containeranalysis", "projects/demo-note/notes/note")?.shortDescription,
        undefined,
      );
    });

    it("deletes what can be deleted", async () => {
      const { summary } = await stack.destroy();
      assert.deepEqual(summary.resourceChanges, { delete: 17 });
      const left = ["attestor/attestors", "note/notes", "attestation/occurrences"].map((path) =>
        ["binaryauthorization", "containeranalysis"].flatMap((service) =>
          google.list(service, `projects/demo-${path}`),
        ),
      );
      assert.deepEqual(left, [[], [], []]);
      const ring = "projects/demo-kms/locations/us-central1/keyRings/ring";
      assert.ok(google.find("cloudkms", ring));
      assert.equal(
        google.find("cloudkms", `${ring}/cryptoKeys/key/cryptoKeyVersions/1`)?.state,
        "DESTROY_SCHEDULED",
      );
      const policy = await ask("POST cloudresourcemanager/v1/projects/demo-attestation:getIamPolicy", {});
      assert.deepEqual(objectsAt(policy.body, "bindings"), []);
      const services = await ask("GET serviceusage/v1/projects/demo-kms/services?filter=state:ENABLED");
      assert.deepEqual(objectsAt(services.body, "services"), []);
    });

    it("sends requests to Google only, except for the plugin's lookups of its project and its caller", () => {
      const calls = google.requests.filter(({ token }) => token === TOKEN);
      assert.ok(calls.length > 0);
      assert.deepEqual(
        calls.filter(({ code }) => code !== 200),
        [],
      );
      const unknown = google.requests.filter(({ service }) => service === "").map(({ path }) => path);
      // The plugin asks for its project and its caller's address; the stand-in does not.
      const [paths, addresses] = isStandIn
        ? [[], []]
        : [["/computeMetadata/v1/project/project-id"], ["openidconnect.googleapis.com:443"]];
      assert.deepEqual(new Set(unknown), new Set(paths));
      assert.deepEqual(new Set(google.turnedAway), new Set(addresses));
    });

    it("fails where Google would deny it: an API that is not enabled, a service agent that does not exist", async () => {
      const projectNumber = "123456789012";
      const agent = `service-${projectNumber}@gcp-sa-binaryauthorization.iam.gserviceaccount.com`;
      const first = await startGoogle({ discoveryDir, projects: [{ projectId: "demo-kms", projectNumber }] });
      closers.push(first.stop);
      const engine = await openEngine(first, toolchain, () => {
        const provider = providerOf(first);
        new KeyRing("ring", { project: "demo-kms", location: "us-central1" }, { provider });
        const role = "roles/viewer";
        new IAMMember(
          "member",
          { project: "demo-kms", role, member: `serviceAccount:${agent}` },
          { provider },
        );
      });
      closers.push(engine.close);
      await assert.rejects(engine.stack.up({ continueOnError: true }), (error) => {
        assert.match(String(error), /has not been used in project 123456789012 before or it is disabled/);
        assert.match(String(error), /Service account service-123456789012@\S+ does not exist/);
        return true;
      });
    });
  },
);
