import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { answerQuery, parseQuery } from "../../packages/cilium-access/query/query.ts";
import { clusterInput, type KubernetesObject } from "../../packages/cilium-access/k8s/cluster-objects.ts";
import { buildClusterModel } from "../../packages/cilium-access/k8s/cluster-model.ts";
import { releaseOptions } from "../../packages/cilium-access/k8s/cilium-config.ts";
import { VERSIONS } from "../../packages/cilium-access/options.ts";
import { answerBatch } from "../../packages/cilium-access/query/query-batch.ts";
import { codeBlocks, read } from "./documents.ts";

const DOCUMENT = read("docs/access.md");

function objectsIn(yaml: string): KubernetesObject[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
}

/** The releases that the document says are modelled. */
const RELEASES = (/^The releases that are modelled exactly are (.*?)\. /m.exec(DOCUMENT)?.[1] ?? "").split(
  /, | and /,
);

/** The outcome that a line states for a release: `allowed in 1.16.0, dropped in 1.20`, or the same for all. */
function outcomeIn(release: string, said: string): string {
  const stated = [...said.matchAll(/(\w+) in ([\d.]+)/g)].find(
    ([, , which = ""]) => release === which || release.startsWith(`${which}.`),
  );
  return stated?.[1] ?? said;
}

/** A policy, and the lines that state the verdicts on requests. */
const EXAMPLES = [...DOCUMENT.matchAll(/```yaml\n([^`]*)```\n\n```text\n([^`]*)```/g)].map(
  ([, policies = "", lines = ""]) => ({ policies, lines: lines.trimEnd().split("\n") }),
);
const [, PODS = ""] = /<!-- test: pods -->\s*```yaml\n([\s\S]*?)```/.exec(DOCUMENT) ?? [];

describe("docs/access.md", () => {
  it("has an example for each of its policies", () => {
    const policies = DOCUMENT.match(/^kind: Cilium\w+$/gm) ?? [];
    assert.ok(policies.length > 10);
    assert.equal(EXAMPLES.length, policies.length);
  });

  it("names the releases that are modelled, as README does", () => {
    assert.deepEqual(RELEASES, ["1.16.0", "1.16.19", "1.20.2"]);
    assert.ok(read("README.md").includes("Cilium 1.16.0, 1.16.19 and 1.20.2"));
  });

  for (const { policies, lines } of EXAMPLES) {
    for (const line of lines) {
      it(`says so, and so it is: ${line.replaceAll(/ {2,}/g, " ")}`, () => {
        const [, question = "", said = ""] =
          /^(.*?) {2,}(\w+(?: in .*)?)$/.exec(line.replaceAll(/ +(?=(?:GET|HEAD|get|\/))/g, " ")) ?? [];
        for (const release of RELEASES) {
          const input = clusterInput(objectsIn(`${PODS}---\n${policies}`));
          const [found] = answerQuery(
            buildClusterModel(input, releaseOptions(release)),
            parseQuery(question),
          );
          assert.equal(found?.verdict.outcome, outcomeIn(release, said), release);
        }
      });
    }
  }

  it("has a file of questions, and the answer to it", () => {
    const [questions, answers, ...others] = codeBlocks(DOCUMENT, "json").map(
      (text) => JSON.parse(text) as unknown,
    );
    assert.deepEqual(others, []);
    for (const version of VERSIONS) assert.deepEqual(answerBatch(questions, { version }), answers);
  });
});
