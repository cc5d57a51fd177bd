import assert from "node:assert/strict";
import fc from "fast-check";
import { configurationOf, settingsFaults } from "../../../packages/policy-config/configuration.ts";
import { LEVELS, readSettings } from "../../../packages/policy-config/settings.ts";
import { guardrails } from "../../../policy-pack/list.ts";

const NOW = new Date("2026-06-15T00:00:00Z");
const read = (text: string) => readSettings(JSON.parse(text) as unknown);
/** Names that objects inherit, and one that an assignment would lose. */
const HOSTILE = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"] as const;
const hostile = fc.constantFrom(...HOSTILE);
const text = (value: unknown) => JSON.stringify(value);

/** What is wrong with a file's content, whichever part finds it. */
function faultsIn(content: string): readonly string[] {
  const found = read(content);
  return "faults" in found ? found.faults : settingsFaults(guardrails, found.settings);
}

describe("the content of the pack's configuration", () => {
  it("is a level, or an object with a level and parameters, for each policy", () => {
    const found = read('{ "all": "advisory", "a": { "enforcementLevel": "disabled", "b": 1 }, "c": {} }');
    assert.ok("settings" in found);
    assert.deepEqual(
      [...found.settings],
      [
        ["all", { enforcementLevel: "advisory", parameters: {} }],
        ["a", { enforcementLevel: "disabled", parameters: { b: 1 } }],
        ["c", { parameters: {} }],
      ],
    );
  });

  it("keeps every name and every parameter that the file has, whatever they are called", () => {
    const name = fc.oneof(fc.string(), hostile);
    const setting = fc.oneof(
      fc.constantFrom(...LEVELS),
      fc
        .uniqueArray(name)
        .map((names) => JSON.parse(`{${names.map((one) => `${text(one)}:1`).join()}}`) as object),
    );
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, setting), { selector: ([one]) => one }), (entries) => {
        const usual = entries.filter(
          ([, given]) => !Object.hasOwn(Object(given) as object, "enforcementLevel"),
        );
        const found = read(`{${usual.map(([one, given]) => `${text(one)}:${text(given)}`).join()}}`);
        assert.ok("settings" in found);
        for (const [one, given] of usual) {
          const setting = found.settings.get(one);
          if (typeof given === "string") assert.equal(setting?.enforcementLevel, given);
          else assert.deepEqual(Object.keys(setting?.parameters ?? {}).sort(), Object.keys(given).sort());
        }
      }),
    );
  });

  it("is refused, with the name, where a policy, a parameter or a field has a name that objects inherit", () => {
    const place = fc.constantFrom<(name: string) => string>(
      (name) => `{ ${name}: "disabled" }`,
      (name) => `{ ${name}: { "enforcementLevel": "disabled" } }`,
      (name) => `{ "trust": { ${name}: [] } }`,
      (name) => `{ "no-basic-roles": { ${name}: [] } }`,
      (name) => `{ "all": { ${name}: [] } }`,
      (name) => `{ "exemptions": { ${name}: [] } }`,
      (name) => `{ "selection": { ${name}: [] } }`,
      (name) => `{ "selection": { "policies": [${name}] } }`,
      (name) => `{ "selection": { "frameworks": [${name}] } }`,
      (name) => `{ "trust": { "projects": [{ "id": "p", ${name}: 1 }] } }`,
      (name) => `{ "trust": { "projects": [{ "id": "p", "roles": [${name}] }] } }`,
    );
    fc.assert(
      fc.property(place, hostile, (at, name) => {
        assert.notDeepEqual(faultsIn(at(text(name))), [], at(text(name)));
      }),
      { numRuns: 300 },
    );
  });

  it("never throws, whatever JSON it is, and evaluates without faults only", () => {
    fc.assert(
      fc.property(fc.json(), (content) => {
        const found = read(content);
        if ("settings" in found && settingsFaults(guardrails, found.settings).length === 0)
          configurationOf(guardrails, found.settings, NOW);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is refused where it gives a policy neither a level nor an object, and where it is not an object", () => {
    const wanted =
      "is neither an enforcement level (disabled, advisory, mandatory, remediate) nor an object with an enforcementLevel or parameters";
    assert.deepEqual(faultsIn('{ "all": "off", "a": 1, "b": [], "c": { "enforcementLevel": null } }'), [
      `all: ${wanted}`,
      `a: ${wanted}`,
      `b: ${wanted}`,
      `c: ${wanted}`,
    ]);
    assert.deepEqual(faultsIn("[]"), ["it is not an object with the names of policies"]);
  });

  it("is refused where it lowers a level that is fixed, and taken where all levels are lowered at once", () => {
    for (const name of ["exemptions", "exemptions-used"])
      assert.deepEqual(faultsIn(`{ ${text(name)}: "advisory" }`), [
        `${name}: its enforcement level is fixed, mandatory: leave enforcementLevel out`,
      ]);
    assert.deepEqual(faultsIn('{ "all": "disabled", "exemptions": "mandatory" }'), []);
  });
});
