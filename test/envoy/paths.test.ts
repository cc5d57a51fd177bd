import assert from "node:assert/strict";
import { BASE, EMPIRE, SERVER } from "../components/cilium/grants.ts";
import { type Answer, ask } from "../socket-http.ts";
import { type Envoy, envoyOrSkip, startEnvoy } from "./index.ts";
import { rulesBetween } from "./policy-hops.ts";

const DROID = { org: "empire", class: "medicaldroid-surgical" };
const HOPS = ["egress", "ingress"] as const;
const RECORD = `${BASE}/Patient/DarthVader`;

/** Other ways to write the record's path: Envoy makes the one of the other before it matches. */
const NORMALIZED = [
  `/${RECORD}`,
  `${BASE}//Patient/DarthVader`,
  `${BASE}/./Patient/DarthVader`,
  `${BASE}/Patient/x/../DarthVader`,
  `${BASE}/Patient/x/%2e%2e/DarthVader`,
  `${BASE}/Patient/x/%2E./DarthVader`,
  `/../..${RECORD}`,
  `${BASE}\\Patient\\DarthVader`,
  `${BASE}/Patient/%44arth%56ader`,
  `http://coruscanthealth:52773${RECORD}`,
];

/** What stands at the record's own path, or looks like it, and is not granted. */
const REFUSED = [
  `${RECORD}/`,
  `${RECORD}?`,
  `${RECORD}?_format=json`,
  `${RECORD}/_history`,
  `${RECORD}/_history/1`,
  `${RECORD}/$everything`,
  `${RECORD}/%24everything`,
  `${RECORD};_format=json`,
  `${RECORD}%3F_format=json`,
  `${RECORD}%20`,
  `${RECORD}%0A`,
  `${RECORD}%23`,
  `${RECORD}%2E`,
  `${RECORD}/.`,
  `${RECORD}/_history/..`,
  `${RECORD}/x/../_history`,
  `${RECORD}/../AnakinSkywalker`,
  `${RECORD}/%2e%2e/AnakinSkywalker`,
  `${BASE}/Patient/%2544arthVader`,
  `${BASE}/Patient/%252e%252e/Patient/DarthVader`,
  `${BASE}/Patient/darthvader`,
  `${BASE}/patient/DarthVader`,
  `${BASE}/Patient/AnakinSkywalker`,
  `${BASE}/Patient/AnakinSkywalker?x=${RECORD}`,
  `${BASE}/Patient?_id=DarthVader`,
  `${BASE}/Patient`,
  `${BASE}/metadata`,
  `/x${RECORD}`,
  `http://coruscanthealth:52773/x${RECORD}`,
  "/",
];

/** Escaped slashes, and where Envoy redirects such a request. */
const REDIRECTED = [
  [`${BASE}/Patient%2FDarthVader`, RECORD, 200],
  [`${BASE}/Patient%5CDarthVader`, RECORD, 200],
  [`${BASE}/Patient/..%2FPatient/DarthVader`, RECORD, 200],
  [`${RECORD}%2F`, `${RECORD}/`, 403],
  [`${RECORD}%2F_history`, `${RECORD}/_history`, 403],
  [`${RECORD}%2F..%2FAnakinSkywalker`, `${BASE}/Patient/AnakinSkywalker`, 403],
] as const;

/** What is no path to Envoy. */
const INVALID = [`${RECORD}#fragment`, `${RECORD}%00`, `${RECORD}\u00e4`];

describe("A real Envoy that lets the empire read Darth Vader's record", function () {
  this.timeout(120_000);
  let envoy: Envoy;

  before(async function () {
    const program = await envoyOrSkip(this);
    const rules = rulesBetween(DROID, SERVER.labels, SERVER.port, { servers: [SERVER], grants: [EMPIRE] });
    assert.ok(rules);
    envoy = await startEnvoy(
      program,
      HOPS.map((name) => ({ name, rules: rules[name] })),
    );
  });
  // Missing where the suite skipped itself.
  after(() => (envoy as Envoy | undefined)?.stop());

  /** The answers to GET and to HEAD, on the client's side and on the server's: either alone has to hold. */
  async function answers(path: string): Promise<readonly Answer[]> {
    return Promise.all(
      HOPS.flatMap((hop) => ["GET", "HEAD"].map((method) => ask(envoy.socket(hop), { method, path }))),
    );
  }

  async function assertStatus(path: string, status: number): Promise<readonly Answer[]> {
    const given = await answers(path);
    assert.deepEqual(
      given.map((answer) => answer.status),
      [status, status, status, status],
      path,
    );
    return given;
  }

  it("lets the record's own path through", async () => {
    await assertStatus(RECORD, 200);
  });

  it("lets other spellings of that path through, and sends on the one that it matched", async () => {
    for (const path of NORMALIZED) {
      for (const { headers } of await assertStatus(path, 200)) assert.equal(headers["x-path"], RECORD, path);
    }
  });

  it("refuses everything else of the record and of the server, in Cilium's words", async () => {
    for (const path of REFUSED) {
      const [get, head] = await assertStatus(path, 403);
      assert.deepEqual([get?.body, head?.body], ["Access denied\r\n", ""], path);
    }
  });

  it("redirects a path with an escaped slash to the path without it, to which the rules apply", async () => {
    for (const [path, location, status] of REDIRECTED) {
      for (const { headers } of await assertStatus(path, 307)) assert.equal(headers.location, location, path);
      await assertStatus(location, status);
    }
  });

  it("takes no path with a fragment, a zero byte or bytes beyond ASCII", async () => {
    for (const path of INVALID) {
      for (const hop of HOPS) assert.equal((await ask(envoy.socket(hop), { path })).status, 400, path);
    }
  });

  it("refuses every other method", async () => {
    for (const method of ["PUT", "POST", "PATCH", "DELETE", "OPTIONS"]) {
      for (const hop of HOPS) {
        assert.equal((await ask(envoy.socket(hop), { method, path: RECORD })).status, 403, method);
      }
    }
  });
});
