import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { evaluate, opaOrSkip, runOpa } from "./index.ts";
import { type OpaDirectory, opaDirectory, POLICY, SOURCES } from "./policy.ts";
import { jwks, signToken, tokenKey } from "./tokens.ts";

const SEED = join(import.meta.dirname, "fixtures", "seed");

interface Coverage {
  readonly files: Readonly<Record<string, { readonly not_covered?: readonly unknown[] }>>;
}

/** What the seed sends OPA. */
interface SampleInput {
  readonly input: { readonly headers: { readonly Authorization: string } };
}

describe("The DICOMweb policy, by the real OPA", function () {
  this.timeout(60_000);
  let opa: string;
  let files: OpaDirectory;

  before(async function () {
    files = await opaDirectory();
    opa = await opaOrSkip(this);
  });
  after(() => files.remove());

  it("passes opa check --strict and is formatted as opa fmt does", async () => {
    const { code, stderr } = await runOpa(opa, ["check", "--strict", POLICY]);
    assert.equal(code, 0, stderr);
    const { stdout } = await runOpa(opa, ["fmt", "--list", POLICY]);
    assert.equal(stdout, "");
  });

  it("passes opa test", async () => {
    const { code, stdout, stderr } = await runOpa(opa, ["test", POLICY, files.keys]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /^PASS: (?<all>\d+)\/\k<all>$/m);
  });

  it("has every rule covered by its tests", async () => {
    const { stdout } = await runOpa(opa, ["test", "--coverage", POLICY, files.keys]);
    const { files: covered } = JSON.parse(stdout) as Coverage;
    const rules = Object.entries(covered).filter(([file]) => !file.endsWith("_test.rego"));
    assert.equal(rules.length, 7);
    for (const [file, { not_covered }] of rules) assert.equal(not_covered, undefined, file);
  });

  describe("on the seed's sample input, with the clock set to its time", () => {
    const ISSUED = 1_719_421_374;
    let sample: SampleInput["input"];
    let claims: Record<string, unknown>;

    before(async () => {
      ({ input: sample } = JSON.parse(await readFile(join(SEED, "input.json"), "utf8")) as SampleInput);
      const [, payload = ""] = sample.headers.Authorization.split(".");
      claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as typeof claims;
    });

    const key = tokenKey("ec");
    const issuer = {
      name: "metacell.us",
      audience: "viewer.ohif.metacell.us",
      algorithms: ["ES256"],
      jwks: jwks([key]),
    };
    const settings = { issuer, clinics: { MetaCell: {} } };

    const reasonsAt = async (seconds: number, authorization: string) => {
      const query = `${SOURCES}.reasons with time.now_ns as ${seconds}000000000`;
      const data = await files.put("settings.json", { dicomweb: { settings } });
      return evaluate(opa, query, [POLICY, files.keys, data], {
        ...sample,
        headers: { Authorization: authorization },
      });
    };

    it("the seed's own rule allows it, and its four tests pass", async () => {
      assert.equal(await evaluate(opa, `${SOURCES}.allow`, [join(SEED, "sources.rego")], sample), true);
      const { code, stdout } = await runOpa(opa, ["test", SEED]);
      assert.equal(code, 0);
      assert.match(stdout, /PASS: 4\/4/);
    });

    it("the seed's own rule allows a token that it did not verify, which this policy denies", async () => {
      const forged = `Bearer ${signToken(tokenKey("ec"), { ...claims, exp: ISSUED - 1 })}`;
      const input = { ...sample, headers: { Authorization: forged } };
      assert.equal(await evaluate(opa, `${SOURCES}.allow`, [join(SEED, "sources.rego")], input), true);
      assert.deepEqual(await reasonsAt(ISSUED, forged), [
        "clinic: not in the groups claim",
        "token: exp missing or past",
        "token: nbf missing or not reached",
        "token: signature, issuer, audience or time not verified",
      ]);
    });

    it("its token, by HMAC and without kid and nbf, is denied for each of the three", async () => {
      assert.deepEqual(await reasonsAt(ISSUED, sample.headers.Authorization), [
        "clinic: not in the groups claim",
        "token: algorithm not allowed",
        "token: kid names no key of the issuer",
        "token: nbf missing or not reached",
        "token: signature, issuer, audience or time not verified",
      ]);
    });

    it("the same claims with nbf, signed by the issuer's key, are allowed until they expire", async () => {
      const token = `Bearer ${signToken(key, { ...claims, nbf: ISSUED })}`;
      assert.deepEqual(await reasonsAt(ISSUED, token), []);
      assert.deepEqual(await reasonsAt(Number(claims.exp) - 1, token), []);
      assert.ok(
        ((await reasonsAt(Number(claims.exp), token)) as string[]).includes("token: exp missing or past"),
      );
    });
  });
});
