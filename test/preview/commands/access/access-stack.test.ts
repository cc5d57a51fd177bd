import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { answerQuery, parseQuery } from "../../../../packages/cilium-access/query/query.ts";
import type { Override } from "../../../../preview/project/config-path.ts";
import { formatPath } from "../../../../preview/project/config-path.ts";
import { readProject } from "../../../../preview/project/project.ts";
import { readStory, resolveStep, type Story } from "../../../../preview/project/story.ts";
import { clusterModels } from "../../../../packages/stack-model/cluster-models.ts";
import { runAccessCommand } from "../../../../preview/commands/access/access-command.ts";
import { NOW } from "../../../infra/stacks.ts";
import { fhirStack } from "../../../policy-pack/fhir-stack.ts";
import { REPOSITORY, toolchainOrSkip } from "../../../toolchain.ts";

const RECORDS = "/intersystems/fhir/r5/Patient";

/** The verdict on the payer's own request at a step of the story. */
async function payersRequest(overrides: readonly Override[]) {
  const changes = Object.fromEntries(overrides.map(({ path, value }) => [formatPath(path), value]));
  const { "fhirClients.payer.patient": patient } = changes;
  const [cluster] = clusterModels(await fhirStack(changes));
  assert.ok(cluster);
  const query = `payer HEAD ${RECORDS}/${String(patient)} on coruscanthealth`;
  const [first, ...others] = answerQuery(cluster.model, parseQuery(query));
  assert.deepEqual(others, []);
  return first;
}

describe("The payer's request, over the steps of the story", () => {
  let story: Story;
  before(async () => (story = await readStory(await readProject(REPOSITORY))));

  const DENY_ALL =
    "CiliumClusterwideNetworkPolicy denyall-coruscanthealth denies everything by default, and no rule allows it";
  const OWN = "CiliumNetworkPolicy galactic-fhir/l7-visibility-payer";
  const VERDICTS: Readonly<Record<string, readonly [outcome: string, why: string]>> = {
    registered: ["notEnforced", "no policy selects the client for egress"],
    "deny-all": ["dropped", `is dropped on its way out: ${DENY_ALL}`],
    "break-glass": ["dropped", `is dropped on its way out: ${DENY_ALL}`],
    "grant-empire": ["dropped", `is dropped on its way out: ${DENY_ALL}`],
    "grant-payer": [
      "denied",
      `is denied on its way out: the proxy responds with 403: none of the HTTP rules of ${OWN} (spec.egress[1]) matches`,
    ],
    "right-record": [
      "allowed",
      `is allowed: on its way out ${OWN} allows it by spec.egress[1].toPorts[0].rules.http[1]`,
    ],
    "back-to-smart": [
      "allowed",
      `is allowed: on its way out ${OWN} allows it by spec.egress[1].toPorts[0].rules.http[1]`,
    ],
  };

  it("has an expected verdict for every step of the story", () => {
    assert.deepEqual(
      story.steps.map(({ name }) => name),
      Object.keys(VERDICTS),
    );
  });

  for (const [name, [outcome, why]] of Object.entries(VERDICTS)) {
    it(`is ${outcome} at ${name}, and the sentence says why`, async () => {
      const { overrides } = resolveStep(story, { stack: "kind", step: name }, NOW);
      const answer = await payersRequest(overrides);
      assert.equal(answer?.verdict.outcome, outcome);
      assert.ok(answer.sentence.includes(why), answer.sentence);
    });
  }
});

describe("npm run access -- --stack", function () {
  this.timeout(120_000);

  async function access(...args: readonly string[]) {
    const output = { stdout: "", stderr: "" };
    const code = await runAccessCommand(args, {
      env: { ...process.env, PULUMI_BACKEND_URL: "" },
      input: new PassThrough().end(),
      write: (text) => (output.stdout += text),
      writeError: (text) => (output.stderr += text),
    });
    return { code, ...output };
  }

  it("answers a query about the policies that the engine plans", async function () {
    await toolchainOrSkip(this);
    const asked = `payer HEAD ${RECORDS}/AnakinSkywalker on coruscanthealth`;
    const { code, stdout, stderr } = await access("--stack", "kind", "--step", "grant-payer", "--ask", asked);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^payer's HEAD \S+\/AnakinSkywalker to coruscanthealth:52773 is denied on its way out: the proxy responds with 403/,
    );
  });

  it("shows every cluster of a stack, including one to be created", async function () {
    await toolchainOrSkip(this, { plugins: ["pulumi-resource-gcp"] });
    const { code, stdout, stderr } = await access("--stack", "prod");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^hospital-fhir in fhir, port 52773$/m);
    assert.match(stdout, /^ {2}ward-monitor \(fhir\) +GET, HEAD \/fhir\/r5\/Patient\/example +403 /m);
    assert.match(stdout, /^mllp-adapter-deployment in mllp-adapter, port 2575$/m);
  });

  it("reports an unknown stack or step, and conflicting options", async function () {
    await toolchainOrSkip(this);
    for (const [args, message] of [
      [["--stack", "knid"], /^stack not found: knid\. Did you mean kind\?/],
      [["--stack", "kind", "--step", "deny"], /^step not found: deny\. Did you mean deny-all\?/],
      [["--step", "deny-all", "-"], /^--step deny-all requires --stack NAME\.$/m],
      [
        ["--stack", "kind", "a.yaml"],
        /^--stack kind and files exclude each other: leave out one of them\.$/m,
      ],
      [[], /^No input: pass manifests, "-" for standard input, or --stack NAME\.$/m],
    ] as const) {
      const { code, stdout, stderr } = await access(...args);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, message);
    }
  });
});
