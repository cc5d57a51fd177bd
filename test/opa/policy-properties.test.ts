import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { evaluate, opaOrSkip } from "./index.ts";
import { type OpaDirectory, opaDirectory, POLICY, SOURCES } from "./policy.ts";
import { jwks, signToken, type TokenKey, tokenKey } from "./tokens.ts";
import { clinicAllows, routeOf } from "./reference.ts";
import { type Question, question } from "./requests.ts";

const SEED_RULE = join(import.meta.dirname, "fixtures", "seed", "sources.rego");

/** Midnight, in UTC, in seconds. */
const DAY = Date.UTC(2024, 5, 26) / 1000;
const BATCH = 40;

const ISSUER = { name: "https://issuer.example", audience: "viewer", algorithms: ["ES256"] };
const keys = { own: tokenKey("ec"), foreign: tokenKey("ec"), rsa: tokenKey("rsa") };

function tokenFor({ groups, flaw, minute }: Question): string {
  const now = DAY + minute * 60;
  const claims: Record<string, unknown> = {
    iss: flaw === "other issuer" ? "https://other.example" : ISSUER.name,
    aud: flaw === "other audience" ? ["other"] : ["other", ISSUER.audience],
    exp: flaw === "expired" ? now : now + 1,
    nbf: flaw === "not begun" ? now + 1 : now,
    groups: flaw === "text groups" ? groups.join() : groups,
  };
  if (flaw === "no exp") delete claims.exp;
  if (flaw === "no nbf") delete claims.nbf;
  const key: TokenKey =
    flaw === "foreign key" ? keys.foreign : flaw === "other algorithm" ? keys.rsa : keys.own;
  const kid = { "no kid": undefined, "other kid": "other" };
  return signToken(key, claims, flaw in kid ? { kid: kid[flaw as keyof typeof kid] } : {});
}

/** The request as a gateway describes it. */
function inputFor(asked: Question) {
  const { method, path, flaw, shape } = asked;
  const value = `${flaw === "Basic" ? "Basic" : "Bearer"} ${tokenFor(asked)}`;
  const values = flaw === "no header" ? [] : flaw === "two headers" ? [value, value] : [value];
  if (shape === "envoy") {
    const headers = values.length === 0 ? {} : { authorization: values.join(",") };
    return { attributes: { request: { http: { method, path, headers } } } };
  }
  const [only] = values;
  return {
    method,
    path,
    headers: { Authorization: shape === "texts" && values.length < 2 ? (only ?? "") : values },
  };
}

function expected({ method, path, groups, flaw, clinics, minute }: Question): boolean {
  const route = routeOf(method, path);
  if (flaw !== "none" || route === undefined) return false;
  return clinicAllows(clinics[route.clinic], route, groups, minute);
}

describe("On any request, the DICOMweb policy decides as its reference in TypeScript does", function () {
  this.timeout(120_000);
  let opa: string;
  let files: OpaDirectory;

  before(async function () {
    files = await opaDirectory();
    opa = await opaOrSkip(this);
  });
  after(() => files.remove());

  /** One decision for each question, in one run of OPA. */
  async function decide(questions: readonly Question[], policy: string): Promise<boolean[]> {
    const cases = questions.map((asked) => ({
      input: inputFor(asked),
      settings: { issuer: { ...ISSUER, jwks: jwks([keys.own, keys.rsa]) }, clinics: asked.clinics },
      now: (DAY + asked.minute * 60) * 1e9,
    }));
    const data = await files.put("cases.json", { cases });
    // OPA 1.22.2 evaluates `with input as case.input` wrongly; values have to be bound first.
    const query = `[decision | some case in data.cases; given := case.input; rules := case.settings; now := case.now;
      decision := ${SOURCES}.allow with input as given with data.dicomweb.settings as rules with time.now_ns as now]`;
    const decided = (await evaluate(opa, query, [policy, files.keys, data])) as boolean[];
    assert.equal(decided.length, questions.length);
    return decided;
  }

  it("and allows what the reference allows, and nothing else", async () => {
    const tally = { allowed: 0, denied: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: BATCH, maxLength: BATCH }), async (questions) => {
        const decided = await decide(questions, POLICY);
        for (const [index, asked] of questions.entries()) {
          assert.equal(decided[index], expected(asked), JSON.stringify(asked));
          tally[decided[index] ? "allowed" : "denied"]++;
        }
      }),
      { numRuns: 25, endOnFailure: true },
    );
    assert.ok(tally.allowed > 20, JSON.stringify(tally));
    assert.ok(tally.denied > 100, JSON.stringify(tally));
  });

  it("and allows nothing that the seed's rule denies", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(question, { minLength: BATCH, maxLength: BATCH }), async (all) => {
        // The seed's rule reads one header as a text.
        const questions = all.map((asked) => ({ ...asked, flaw: "none" as const, shape: "texts" as const }));
        const [ours, seeds] = await Promise.all([decide(questions, POLICY), decide(questions, SEED_RULE)]);
        for (const [index, asked] of questions.entries())
          assert.ok(!ours[index] || seeds[index] === true, JSON.stringify(asked));
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });
});
