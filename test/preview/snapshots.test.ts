import assert from "node:assert/strict";
import { join } from "node:path";
import { describePlaceholders, placeholderFault, placeholdersIn } from "../../infra/config/placeholders.ts";
import { guardrails } from "../../policy-pack/list.ts";
import type { Resource } from "../../packages/stack-model/resource.ts";
import { readCommandLine, USAGE } from "../../preview/commands/command-line.ts";
import { parseOverride } from "../../preview/project/config-path.ts";
import type { ObservedResource } from "../../preview/report/observation.ts";
import { missingPrerequisites } from "../../preview/commands/prerequisites.ts";
import { previewStack } from "../../preview/commands/preview.ts";
import type { PreviewOptions } from "../../preview/preview-options.ts";
import { thrownMessage } from "../../preview/user-error.ts";
import { type Paint, render } from "../../preview/report/render-terminal.ts";
import { type Report, buildReport } from "../../preview/report/report.ts";
import type { Baseline } from "../../preview/report/preview-mode.ts";
import { validateStack } from "../../preview/validate-stack.ts";
import { parsed, stack } from "../infra/stacks.ts";
import { fhirStack } from "../policy-pack/fhir-stack.ts";
import { matchJsonSnapshot, matchSnapshot, normalized } from "../snapshot.ts";
import { allCreated, updated } from "./observations.ts";
import { inTemporaryDirectory, loggedOut, repository } from "./support.ts";

/** What the page, its JSON and the messages say where protection is weak or something is still missing. */

const plain: Paint = (_, text) => text;

function compare(name: string, text: string): void {
  matchSnapshot(join(import.meta.dirname, "snapshots", `${name}.txt`), normalized(text));
}

/** Compares what a page says before its first list of resources, and the same in the JSON. */
function compareHeads(name: string, report: Report): void {
  const blocks = render(report, plain).split("\n\n");
  const end = blocks.findIndex((block) =>
    /^(?:Project|Kubernetes|Providers|Elsewhere|Resources)\b/.test(block),
  );
  compare(name, blocks.slice(0, end).join("\n\n"));
  const [first] = Object.keys(report);
  assert.equal(first, "status");
  const { status, mode, notes, weakenings, placeholders, warnings } = report;
  const file = join(import.meta.dirname, "snapshots", `${name}.json`);
  matchJsonSnapshot(file, { status, mode, notes, weakenings, placeholders, warnings });
}

describe("The page of a stack of this repository in embedded mode", function () {
  this.timeout(120_000);

  const preview = (name: string, more: Partial<PreviewOptions> = {}) =>
    inTemporaryDirectory((home) =>
      previewStack({
        root: repository,
        stack: name,
        env: loggedOut(home),
        pulumiHome: home,
        policyPacks: [join(repository, "policy-pack")],
        guardrails,
        validate: validateStack,
        signal: new AbortController().signal,
        ...more,
      }),
    );

  it("says which images run unattested", async () => {
    compareHeads("embedded-kind", await preview("kind"));
  });

  it("says that break-glass opens the server, by whom, why and until when", async () => {
    compareHeads("embedded-kind-break-glass", await preview("kind", { step: "break-glass" }));
  });

  it("says that deny-all is off and flow visibility on", async () => {
    const overrides = ["denyAll=false", "flowVisibility=true"].map(parseOverride);
    compareHeads("embedded-kind-visible", await preview("kind", { overrides }));
  });

  it("lists the placeholders that pulumi up refuses", async () => {
    compareHeads("embedded-tutorial", await preview("tutorial"));
  });

  it("is not there where it should read the real state of the world", async () => {
    await assert.rejects(preview("kind", { refresh: true }), (error) => {
      compare("refused-refresh", thrownMessage(error));
      return true;
    });
  });
});

describe("The page of an update by the engine", () => {
  const state: Baseline = { kind: "state", backend: "s3://states", stack: "kind" };
  const report = (resources: readonly ObservedResource[], comparedWith: Baseline = state) =>
    buildReport(
      { resources, violations: [], warnings: [] },
      { stack: "kind", mode: { kind: "engine", comparedWith } },
    );
  const opened = {
    accessMode: "breakGlass",
    breakGlass: { owner: "on-call lead", reason: "no identity provider", expiry: "2026-10-01T20:00:00Z" },
  };
  let smart: readonly Resource[];
  before(async () => (smart = await fhirStack()));

  it("says first that the update opens the server, and shows each value before and after", async () => {
    const update = report(updated(smart, await fhirStack(opened)));
    compare("engine-break-glass-page", render(update, plain));
    compareHeads("engine-break-glass", update);
  });

  it("says first that the update takes deny-all away", async () => {
    compareHeads("engine-without-deny-all", report(updated(smart, await fhirStack({ denyAll: false }))));
  });

  it("says first that there is no state to compare with, and how to get one", () => {
    const because = "not logged in to a Pulumi backend";
    const remediation = "pulumi login, then pulumi stack init kind";
    compareHeads(
      "engine-without-state",
      report(allCreated(smart), { kind: "nothing", because, remediation }),
    );
  });
});

describe("The messages about what is still missing", () => {
  it("name each placeholder of a stack that pulumi up refuses", () => {
    for (const name of ["tutorial", "prod-signing", "prod"]) {
      const where = { file: `stacks/Pulumi.${name}.yaml`, prefix: "attested-fhir:" };
      const config = parsed(stack(name));
      const fault = placeholderFault(config, where) ?? "";
      assert.equal(fault.split("\n").length - 1, describePlaceholders(placeholdersIn(config), "").length);
      compare(`refused-up-${name}`, fault);
    }
  });

  it("name the prerequisites of a comparison with a state", () => {
    compare(
      "prerequisites",
      missingPrerequisites({ google: true, passphrase: true }, {}, "/nowhere").join("\n"),
    );
    compare("usage", USAGE.split("\n\n").find((paragraph) => paragraph.includes("pulumi login")) ?? "");
  });

  it("say why --refresh cannot be combined with what leaves the state out", () => {
    const said = ["--embedded", "--no-state"].map((option) => {
      try {
        readCommandLine(["--stack", "kind", "--refresh", option]);
        return "";
      } catch (error) {
        return thrownMessage(error);
      }
    });
    compare("refused-refresh-options", said.join("\n"));
  });
});
