import assert from "node:assert/strict";
import { parseAllDocuments } from "yaml";
import { answerQuery, parseQuery } from "../../packages/cilium-access/query/query.ts";
import { clusterInput, type KubernetesObject } from "../../packages/cilium-access/k8s/cluster-objects.ts";
import { buildClusterModel } from "../../packages/cilium-access/k8s/cluster-model.ts";
import { VERSIONS } from "../../packages/cilium-access/options.ts";
import { answerBatch } from "../../packages/cilium-access/query/query-batch.ts";
import { codeBlocks, read } from "./documents.ts";

const DOCUMENT = read("docs/access.md");

function objectsIn(yaml: string): KubernetesObject[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
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

  for (const { policies, lines } of EXAMPLES) {
    for (const line of lines) {
      it(`says so, and so it is: ${line.replaceAll(/ {2,}/g, " ")}`, () => {
        const [, question = "", said = ""] =
          /^(.*?) {2,}(\w+(?: in .*)?)$/.exec(line.replaceAll(/ +(?=(?:GET|HEAD|get|\/))/g, " ")) ?? [];
        for (const version of VERSIONS) {
          const input = clusterInput(objectsIn(`${PODS}---\n${policies}`));
          const [found] = answerQuery(buildClusterModel(input, { version }), parseQuery(question));
          const [, expected = said] = new RegExp(`(\\w+) in ${version}`).exec(said) ?? [];
          assert.equal(found?.verdict.outcome, expected, version);
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
