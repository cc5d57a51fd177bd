import assert from "node:assert/strict";
import fc from "fast-check";
import { DEFAULT_RE2_PROGRAM_LIMIT } from "../../packages/cilium-access/options.ts";
import { programSize } from "../../packages/cilium-access/re2/program-size.ts";
import { validateGrants } from "../../components/cilium/validate-grants.ts";
import { type Grant, INTERACTIONS, type Interaction } from "../../components/cilium/grant.ts";
import { grantHttpRules, interactionPath } from "../../components/cilium/http-rules.ts";
import { type PathPattern, toRe2 } from "../../components/cilium/path-pattern.ts";
import { anyBasePath, anyId, anyType, BASE, EMPIRE, SERVER } from "../components/cilium/grants.ts";
import { ask } from "../socket-http.ts";
import { type Envoy, envoyOrSkip, startEnvoy } from "./index.ts";

/** A grant of one interaction on a server with some base path. */
interface Granted {
  readonly grant: Grant;
  readonly basePath: string;
}

/** A request that is granted, and one that looks much like it. */
interface Case extends Granted {
  readonly path: string;
  readonly disguised: string;
}

/** What may be put into a path to make it another, or another spelling of the same. */
const TRICKS = [
  "/",
  "//",
  "/.",
  "/./",
  "/../",
  "/x/..",
  "/%2e%2e/",
  "\\",
  "%2F",
  "%5c",
  "?",
  "#",
  ";",
  "%",
  ".",
];
const anyTrick = fc.constantFrom(...TRICKS, "", "x", "X", "%44", "%252e", "$everything", "?_format=json");

function pattern({ grant, basePath }: Granted): PathPattern {
  const [interaction = "read"] = grant.interactions;
  return interactionPath(grant, interaction, basePath);
}

/** A path that is granted. */
function exactPath(granted: Granted): string {
  const { literal, versionId } = pattern(granted);
  return `${literal}${versionId ? "1" : ""}`;
}

/** Whether a path is granted, by other means than a regular expression of the whole. */
function isGranted(granted: Granted, path: string): boolean {
  const { literal, versionId } = pattern(granted);
  const rest = path.slice(literal.length);
  return path.startsWith(literal) && (versionId ? /^[A-Za-z0-9.-]+$/.test(rest) : rest === "");
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    id: anyId,
    resourceType: anyType,
    interaction: fc.constantFrom(...INTERACTIONS),
    basePath: anyBasePath,
  })
  .map(({ interaction, basePath, ...record }) => ({
    basePath,
    grant: { ...EMPIRE, ...record, interactions: [interaction] },
  }))
  .filter(({ grant, basePath }) => faults(grant, basePath).length === 0)
  .chain((granted) => {
    const path = exactPath(granted);
    return fc.tuple(fc.nat(path.length), fc.nat(3), anyTrick).map(([at, less, more]) => ({
      ...granted,
      path,
      disguised: `${path.slice(0, at)}${more}${path.slice(at + less)}`,
    }));
  });

function faults(grant: Grant, basePath = BASE, re2ProgramLimit = DEFAULT_RE2_PROGRAM_LIMIT) {
  return validateGrants({ servers: [{ ...SERVER, basePath }], grants: [grant], re2ProgramLimit });
}

describe("A real Envoy with the HTTP rules of grants", function () {
  this.timeout(120_000);
  let program: string;
  let envoy: Envoy | undefined;
  before(async function () {
    program = await envoyOrSkip(this);
  });
  afterEach(() => envoy?.stop());

  it("lets the granted path through, and whatever it lets through goes on as that path", async () => {
    const property = fc.asyncProperty(
      fc.array(anyCase, { minLength: 100, maxLength: 100 }),
      async (cases) => {
        const hops = cases.map(({ grant, basePath }, number) => ({
          name: `grant-${number}`,
          rules: grantHttpRules([grant], basePath),
        }));
        const running = await startEnvoy(program, hops);
        try {
          for (const [number, { path, disguised, ...granted }] of cases.entries()) {
            const method = granted.grant.interactions.includes("update") ? "PUT" : "GET";
            const send = (sent: string) => ask(running.socket(`grant-${number}`), { method, path: sent });
            assert.equal((await send(path)).status, 200, path);
            const { status, headers } = await send(disguised);
            assert.ok(status !== 200 || isGranted(granted, String(headers["x-path"])), disguised);
          }
        } finally {
          await running.stop();
        }
      },
    );
    await fc.assert(property, { numRuns: 5, interruptAfterTimeLimit: 60_000 });
  });

  it("lets each interaction's methods through, and no others", async () => {
    const hops = INTERACTIONS.map((name) => ({
      name,
      rules: grantHttpRules([{ ...EMPIRE, interactions: [name] }], BASE),
    }));
    envoy = await startEnvoy(program, hops);
    for (const name of INTERACTIONS) {
      const path = exactPath({ grant: { ...EMPIRE, interactions: [name] }, basePath: BASE });
      const passed: string[] = [];
      for (const method of ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"]) {
        if ((await ask(envoy.socket(name), { method, path })).status === 200) passed.push(method);
      }
      assert.deepEqual(passed, name === "update" ? ["PUT"] : ["GET", "HEAD"], name);
    }
  });

  it("refuses nothing where a rule names nothing, as the one that shows flows", async () => {
    envoy = await startEnvoy(program, [{ name: "visibility", rules: [{}] }]);
    for (const method of ["GET", "DELETE"]) {
      assert.equal((await ask(envoy.socket("visibility"), { method, path: "/whatever?x" })).status, 200);
    }
  });

  describe("takes a program of RE2", () => {
    const LONGEST = DEFAULT_RE2_PROGRAM_LIMIT;

    /** A grant whose rule needs a program of so many instructions. */
    function ofSize(size: number, interaction: Interaction): Grant {
      const grant: Grant = { ...EMPIRE, id: "x", interactions: [interaction] };
      const rest = programSize(toRe2(interactionPath(grant, interaction, BASE))) - 1;
      return { ...grant, id: "x".repeat(size - rest) };
    }

    const start = async (grant: Grant, re2ProgramLimit?: number) => {
      envoy = await startEnvoy(program, [{ name: "hop", rules: grantHttpRules([grant], BASE) }], {
        re2ProgramLimit,
      });
    };

    for (const interaction of ["vread", "history"] as const) {
      it(`of ${LONGEST} instructions for ${interaction}, and none of ${LONGEST + 1}, just as grants are checked`, async () => {
        const [longest, tooLong] = [ofSize(LONGEST, interaction), ofSize(LONGEST + 1, interaction)];
        assert.deepEqual(faults(longest), []);
        await start(longest);
        await envoy?.stop();
        assert.match(
          faults(tooLong)[0]?.message ?? "",
          new RegExp(`program would have ${LONGEST + 1} instructions`),
        );
        await assert.rejects(start(tooLong), /RE2 program size of 101 > max program size of 100/);
      });
    }

    it("of as many instructions as its bootstrap allows", async () => {
      const grant = ofSize(LONGEST + 10, "vread");
      assert.deepEqual(faults(grant, BASE, LONGEST + 10), []);
      await start(grant, LONGEST + 10);
      await envoy?.stop();
      await assert.rejects(start(grant, LONGEST + 9), /RE2 program size of 110 > max program size of 109/);
    });
  });
});
