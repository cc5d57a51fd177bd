import assert from "node:assert/strict";
import { serverFault } from "../../../../packages/cilium-access/k8s/api-server-validation.ts";
import { VERSIONS } from "../../../../packages/cilium-access/options.ts";
import { REFUSED, TAKEN } from "../server-corpus.ts";

describe("An object that the API server", () => {
  for (const [what, object] of Object.entries(TAKEN)) {
    it(`takes has no fault: ${what}`, () => {
      for (const version of VERSIONS) assert.equal(serverFault(object, version), undefined, version);
    });
  }

  for (const [what, object] of Object.entries(REFUSED)) {
    it(`refuses has a fault, whose place is named: ${what}`, () => {
      assert.match(serverFault(object, "1.16") ?? "", /^(?:[a-zA-Z.\[\]\d/-]+|metadata\.labels.*): /);
    });
  }
});
