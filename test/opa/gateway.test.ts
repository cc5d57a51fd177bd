import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { envoyOrSkip } from "../envoy/index.ts";
import { ask, type Question } from "../socket-http.ts";
import { type Gateway, type GatewaySettings, ISSUER, startGateway } from "./gateway.ts";
import { opaOrSkip } from "./index.ts";
import { routeOf } from "./reference.ts";
import { signToken, type TokenKey, tokenKey } from "./tokens.ts";

const STORE = "/clinic/MetaCell/store/1/dicomweb";
const STUDY = `${STORE}/studies/1.2.3`;
const keys = { old: tokenKey("ec", "old"), new: tokenKey("ec", "new"), foreign: tokenKey("ec", "old") };

/** Other ways to write the study's path, which Envoy makes the one of. */
const NORMALIZED = [
  `/${STUDY}`,
  `${STORE}//studies/1.2.3`,
  `${STORE}/./studies/1.2.3`,
  `${STORE}/studies/x/../1.2.3`,
  `${STORE}/studies/x/%2e%2e/1.2.3`,
  `${STORE}/studies/x/%2E./1.2.3`,
  `/../..${STUDY}`,
  `/clinic/Other/../MetaCell/store/1/dicomweb/studies/1.2.3`,
  `${STORE}\\studies\\1.2.3`,
  `${STORE}/%73tudies/1.2.3`,
  `http://dicom.example${STUDY}`,
];

/** What leads elsewhere, or looks like the study's path; with the answer. */
const REFUSED = [
  [`${STORE}/../../../../clinic/Other/store/1/dicomweb/studies/1.2.3`, 403],
  [`${STORE}/%2e%2e/%2e%2e/%2e%2e/Other/store/1/dicomweb/studies/1.2.3`, 403],
  ["/clinic/Other%2f..%2fMetaCell/store/1/dicomweb/studies/1.2.3", 400],
  ["/clinic/Other%2F..%2FMetaCell/store/1/dicomweb/studies/1.2.3", 400],
  ["/clinic/Other%5c..%5cMetaCell/store/1/dicomweb/studies/1.2.3", 400],
  ["/clinic/Other%252f..%252fMetaCell/store/1/dicomweb/studies/1.2.3", 403],
  ["/clinic/Other;x/store/1/dicomweb/studies/1.2.3", 403],
  ["/clinic/Other/store/1/dicomweb/studies/1.2.3?x=/clinic/MetaCell", 403],
  [`${STUDY}/`, 403],
  [`${STUDY};x`, 403],
  [`${STUDY}%00`, 400],
  [`${STUDY}%20`, 403],
  [`${STUDY}%3Fx`, 403],
  [`${STUDY}/x`, 403],
  [`/x${STUDY}`, 403],
  ["/", 403],
] as const;

const TRICKS =
  "// /. /.. /../ /./ .. . ; ;/ \\ ? %2f %2F %5c %2e %2e%2e/ %44 %61 %20 %252f / 0 1 x , Other".split(" ");

function token(key: TokenKey = keys.old, changes: Readonly<Record<string, unknown>> = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: ISSUER.name, aud: [ISSUER.audience], sub: "user", exp: now + 600, nbf: now - 60 },
    groups: ["MetaCell"],
    ...changes,
  };
  return `Bearer ${signToken(key, claims)}`;
}

describe("The DICOMweb gateway, with the real Envoy and the real OPA", function () {
  this.timeout(120_000);
  let programs: { envoy: string; opa: string };
  let gateway: Gateway | undefined;

  before(async function () {
    programs = { envoy: await envoyOrSkip(this), opa: await opaOrSkip(this) };
  });

  const start = async (changes: Partial<GatewaySettings> = {}) => {
    const clinics = { MetaCell: { transactions: ["search", "retrieve"] as const } };
    gateway = await startGateway(programs, { clinics, keys: [keys.old], ...changes });
    return gateway;
  };
  const asking = async (path: string, authorization: string | undefined, more: Partial<Question> = {}) => {
    assert.ok(gateway);
    const headers = { host: "dicom.example", ...(authorization && { authorization }), ...more.headers };
    return (await ask(gateway.socket, { path, ...more, headers })).status;
  };

  describe("while issuer and OPA are up", () => {
    let running: Gateway;
    before(async () => {
      running = await start();
    });
    after(() => running.stop());
    beforeEach(() => {
      running.upstream.length = 0;
    });

    it("answers 200 from the upstream, which never gets the user's token", async () => {
      assert.equal(await asking(`${STUDY}?includefield=all`, token()), 200);
      const [received] = running.upstream;
      assert.equal(received?.path, `${STUDY}?includefield=all`);
      assert.equal(received.headers.authorization, undefined);
    });

    it("answers 401 without a valid token, and the upstream gets nothing", async () => {
      const now = Math.floor(Date.now() / 1000);
      const valid = token();
      const invalid = [
        undefined,
        "Bearer x",
        valid.replace("Bearer ", "Basic "),
        `${valid},${valid}`,
        token(keys.foreign),
        token(keys.new),
        token(keys.old, { iss: "https://other.example" }),
        token(keys.old, { exp: now - 10 }),
        token(keys.old, { exp: undefined }),
        token(keys.old, { nbf: now + 600 }),
      ];
      for (const authorization of invalid)
        assert.equal(await asking(STUDY, authorization), 401, authorization);
      assert.equal(await asking(`${STUDY}?access_token=${valid.slice(7)}`, undefined), 401);
      assert.deepEqual(running.upstream, []);
    });

    it("answers 403 to a token for another audience, and to one without nbf, which only OPA requires", async () => {
      assert.equal(await asking(STUDY, token(keys.old, { aud: ["other"] })), 403);
      assert.equal(await asking(STUDY, token(keys.old, { nbf: undefined })), 403);
    });

    it("answers 403 to a member of another clinic, another method, and a transaction that the clinic forbids", async () => {
      assert.equal(await asking(STUDY, token(keys.old, { groups: ["Other"] })), 403);
      assert.equal(await asking("/clinic/Other/store/1/dicomweb/studies", token()), 403);
      for (const method of ["HEAD", "PUT", "DELETE", "OPTIONS", "POST"])
        assert.equal(await asking(STUDY, token(), { method }), 403, method);
      assert.deepEqual(running.upstream, []);
    });

    it("drops headers that ask the upstream for another method or path", async () => {
      const headers = { "X-HTTP-Method-Override": "DELETE", "X-Original-URL": "/clinic/Other" };
      assert.equal(await asking(STUDY, token(), { headers }), 200);
      const received = Object.keys(running.upstream[0]?.headers ?? {});
      assert.deepEqual(
        received.filter((name) => /override|original-url/.test(name)),
        [],
      );
    });

    it("normalizes each disguise of the study's path before anything is decided", async () => {
      for (const path of NORMALIZED) assert.equal(await asking(path, token()), 200, path);
      assert.deepEqual(new Set(running.upstream.map(({ path }) => path)), new Set([STUDY]));
    });

    it("refuses each disguise of another path", async () => {
      for (const [path, status] of REFUSED) assert.equal(await asking(path, token()), status, path);
      assert.deepEqual(running.upstream, []);
    });

    it("lets no path through that is not the clinic's, however it is disguised", async () => {
      const change = fc.tuple(fc.nat(60), fc.nat(3), fc.constantFrom(...TRICKS));
      const path = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
        changes.reduce((text, [place, less, more]) => {
          const at = 1 + (place % text.length);
          return `${text.slice(0, at)}${more}${text.slice(at + less)}`;
        }, STUDY),
      );
      await fc.assert(
        fc.asyncProperty(path, async (asked) => {
          running.upstream.length = 0;
          const status = await asking(asked, token());
          assert.equal(running.upstream.length, status === 200 ? 1 : 0);
          for (const { method, path: received } of running.upstream)
            assert.equal(routeOf(method, received)?.clinic, "MetaCell", received);
        }),
        { numRuns: 300 },
      );
    });

    it("gives OPA the token and no other header, and no body", async () => {
      running.bridge.asked.length = 0;
      await asking(STUDY, token(), { headers: { cookie: "session=1", "content-length": "0" } });
      const [asked] = running.bridge.asked;
      assert.equal(asked?.body, "");
      assert.equal(asked.headers.cookie, undefined);
      assert.match(asked.headers.authorization ?? "", /^Bearer /);
    });

    it("logs decisions with their reasons, and neither token nor path", async () => {
      await asking(`${STORE}/studies/9.8.7`, token(keys.old, { groups: ["Other"] }));
      let log = "";
      while (!log.includes("clinic: not in the groups claim")) {
        log = await running.opaLog();
        await setTimeout(20);
      }
      assert.match(log, /"clinic":"MetaCell"/);
      assert.doesNotMatch(log, /Bearer|eyJ|9\.8\.7|studies\//);
    });
  });

  it("would let a denied request through, did it ask plain OPA by HTTP", async () => {
    const running = await start({ askByHttp: true });
    try {
      assert.equal(await asking("/clinic/Other/store/1/dicomweb/studies", token()), 200);
      assert.equal(running.upstream.length, 1);
    } finally {
      await running.stop();
    }
  });

  describe("when something is down", () => {
    afterEach(() => gateway?.stop());

    it("answers 403 without OPA", async () => {
      const running = await start();
      assert.equal(await asking(STUDY, token()), 200);
      await running.killOpa();
      assert.equal(await asking(STUDY, token()), 403);
      assert.equal(running.upstream.length, 1);
    });

    it("answers 403 without what answers for OPA", async () => {
      const { bridge } = await start();
      bridge.stop();
      assert.equal(await asking(STUDY, token()), 403);
    });

    it("answers 401 without the issuer's keys", async () => {
      const running = await start({ keys: [] });
      running.publish(undefined);
      assert.equal(await asking(STUDY, token()), 401);
      assert.deepEqual(running.upstream, []);
    });

    it("takes a rotated key, and no longer the one before, once its cache has expired", async () => {
      const running = await start({ jwksCacheSeconds: 1 });
      assert.equal(await asking(STUDY, token()), 200);
      assert.equal(await asking(STUDY, token(keys.new)), 401);
      running.publish([keys.new]);
      // Neither Envoy nor OPA says when its cache expires.
      while ((await asking(STUDY, token(keys.new))) !== 200) await setTimeout(50);
      assert.equal(await asking(STUDY, token()), 401);
    });
  });

  describe("in front of a DICOM store of Google's", () => {
    const store = "projects/MetaCell/locations/us-east4/datasets/d/dicomStores/s";
    const study = `/v1/${store}/dicomWeb/studies/1.2.3`;
    afterEach(() => gateway?.stop());

    it("sends its own token in place of the user's", async () => {
      const running = await start({ upstream: { kind: "google", store } });
      assert.equal(await asking(study, token()), 200);
      const [received] = running.upstream;
      assert.equal(received?.headers.authorization, "Bearer workload");
      assert.equal(received.headers.host, "healthcare.googleapis.com");
    });

    it("answers 404 on another store", async () => {
      const running = await start({ upstream: { kind: "google", store } });
      assert.equal(await asking(study.replace("/s/", "/other/"), token()), 404);
      assert.deepEqual(running.upstream, []);
    });

    it("answers 503 without a token of its own", async () => {
      const running = await start({ upstream: { kind: "google", store } });
      running.identity(undefined);
      assert.equal(await asking(study, token()), 503);
      assert.deepEqual(running.upstream, []);
    });
  });
});
