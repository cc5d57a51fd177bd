import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import {
  clusterInput,
  type KubernetesObject,
} from "../../../../packages/cilium-access/k8s/cluster-objects.ts";
import { buildMatrix } from "../../../../packages/cilium-access/query/access-matrix.ts";
import {
  type ClusterModel,
  buildClusterModel,
} from "../../../../packages/cilium-access/k8s/cluster-model.ts";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { answerTo } from "../support.ts";

const OBJECTS = ["star-wars.yaml", "star-wars-policies.txt"].flatMap((file) =>
  parseAllDocuments(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), "utf8")).map(
    (document) => document.toJS() as KubernetesObject,
  ),
);
const POLICIES = ["denyall-coruscanthealth", "l7-visibility", "l7-visibility-payer"] as const;

const PATIENTS = "/intersystems/fhir/r5/Patient";
const VADER = `${PATIENTS}/DarthVader`;
const DROIDS = ["fx-6", "dd-13", "21-b"];

/** The cluster once policies are applied, the first of the three, or none. */
function after(
  policies: readonly (typeof POLICIES)[number][],
  version = VERSIONS[0] as (typeof VERSIONS)[number],
): ClusterModel {
  const applied: readonly string[] = policies;
  const objects = OBJECTS.filter(
    ({ kind = "", metadata }) => !kind.endsWith("Policy") || applied.includes(metadata?.name ?? ""),
  );
  return buildClusterModel(clusterInput(objects, "galactic-fhir"), { version });
}

const ask = (model: ClusterModel, client: string, request: string) =>
  answerTo(model, `${client} ${request} on coruscanthealth`);
const outcome = (model: ClusterModel, client: string, request: string) =>
  ask(model, client, request).verdict.outcome;

describe("The story's cluster", () => {
  it("is open before any policy is applied", () => {
    const model = after([]);
    for (const client of [...DROIDS, "payer", "world"])
      assert.equal(outcome(model, client, `PUT ${VADER}`), "notEnforced", client);
  });

  it("lets no pod out once everything is denied, which denies the way out alone", () => {
    const model = after(["denyall-coruscanthealth"]);
    for (const client of [...DROIDS, "payer", "coruscanthealth"])
      assert.equal(outcome(model, client, `GET ${VADER}`), "dropped", client);
    for (const client of ["world", "host", "remote-node", "203.0.113.7"])
      assert.equal(outcome(model, client, `DELETE ${VADER}`), "notEnforced", client);
  });

  it("then lets the droids read Darth Vader, and nothing else", () => {
    const model = after(["denyall-coruscanthealth", "l7-visibility"]);
    for (const droid of DROIDS) {
      for (const method of ["GET", "HEAD"])
        assert.equal(outcome(model, droid, `${method} ${VADER}`), "allowed");
      for (const request of [
        `PUT ${VADER}`,
        `GET ${VADER}/_history`,
        `GET ${VADER}?_format=json`,
        `GET ${PATIENTS}/AnakinSkywalker`,
        `GET ${PATIENTS}`,
      ]) {
        assert.equal(outcome(model, droid, request), "denied", request);
      }
    }
  });
});

describe("The payer's request", () => {
  const WRONG = `GET ${PATIENTS}/AnakinSkywalker`;

  it("is dropped while no policy lets the payer out", () => {
    const { verdict, sentence } = ask(after(["denyall-coruscanthealth", "l7-visibility"]), "payer", WRONG);
    assert.equal(verdict.outcome, "dropped");
    assert.equal(
      sentence,
      `payer's ${WRONG} to coruscanthealth:52773 is dropped on its way out: CiliumClusterwideNetworkPolicy denyall-coruscanthealth denies everything by default, and no rule allows it.`,
    );
  });

  it("is answered with 403 once one does, because it requests another record", () => {
    const { verdict, sentence } = ask(after(POLICIES), "payer", WRONG);
    assert.equal(verdict.outcome, "denied");
    assert.equal(
      sentence,
      `payer's ${WRONG} to coruscanthealth:52773 is denied on its way out: the proxy responds with 403: none of the HTTP rules of CiliumNetworkPolicy galactic-fhir/l7-visibility-payer (spec.egress[1]) matches.`,
    );
  });

  it("is allowed for the right record", () => {
    const { verdict, sentence } = ask(after(POLICIES), "payer", `GET ${VADER}`);
    assert.equal(verdict.outcome, "allowed");
    assert.match(
      sentence,
      /on its way out CiliumNetworkPolicy galactic-fhir\/l7-visibility-payer allows it by spec\.egress\[1\]\.toPorts\[0\]\.rules\.http\[0\];/,
    );
  });
});

describe("What the story's author did not notice", () => {
  for (const version of VERSIONS) {
    it(`allows all requests of peers that are not pods, in ${version}`, () => {
      const [server] = buildMatrix(after(POLICIES, version)).servers;
      const everything = server?.clients
        .filter(({ always }) => always?.outcome === "notEnforced")
        .map(({ client }) => client.name);
      assert.deepEqual(everything, ["world", "host", "remote-node"]);
      const { sentence } = ask(after(POLICIES, version), "world", `DELETE ${VADER}`);
      assert.match(sentence, /on its way in no policy selects the server for ingress\.$/);
    });

    it(`is that the server is one of the empire, and may read from its like, in ${version}`, () => {
      const model = after(POLICIES, version);
      assert.equal(outcome(model, "coruscanthealth", `GET ${VADER}`), "allowed");
      assert.equal(outcome(model, "coruscanthealth", `GET ${PATIENTS}`), "denied");
    });
  }

  it("is that each record is only as safe as the pods' labels: one more pod of the empire reads it, too", () => {
    const stranger: KubernetesObject = {
      kind: "Pod",
      metadata: { name: "stranger", labels: { org: "empire" } },
      spec: {},
    };
    const model = buildClusterModel(clusterInput([...OBJECTS, stranger], "galactic-fhir"));
    assert.equal(outcome(model, "stranger", `GET ${VADER}`), "allowed");
  });
});
