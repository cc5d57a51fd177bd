import assert from "node:assert/strict";
import { policyCrds } from "../../components/cilium/policy-crds.ts";
import { CILIUM_VERSIONS } from "../../components/cilium/version.ts";
import { declared } from "../components/mocks.ts";
import { layers } from "./layers.ts";
import { changed, stack, WITHOUT_RUNTIME } from "./stacks.ts";

/** The part of a CRD's schema that defines its fields; an API server drops all others. */
interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

interface Version {
  readonly schema: { readonly openAPIV3Schema: Schema };
}

/** The paths of fields that a schema does not define. */
function unknownFields(value: unknown, schema: Schema | undefined, path: string): string[] {
  if (schema === undefined) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => unknownFields(item, schema.items, `${path}[${index}]`));
  }
  if (typeof value !== "object" || value === null) return [];
  const { properties = {}, additionalProperties } = schema;
  return Object.entries(value).flatMap(([key, part]) => {
    if (typeof additionalProperties === "object")
      return unknownFields(part, additionalProperties, `${path}.${key}`);
    return unknownFields(part, properties[key], `${path}.${key}`);
  });
}

const STACKS = {
  prod: changed(stack("prod"), { layers: ["fhir"], ...WITHOUT_RUNTIME }),
  kind: stack("kind"),
  "kind with everything denied by Cilium itself": changed(stack("kind"), {
    "cilium.policyEnforcementMode": "always",
  }),
  "kind with flow visibility": changed(stack("kind"), { denyAll: false, flowVisibility: true }),
};

for (const version of CILIUM_VERSIONS) {
  const schemas = new Map(
    policyCrds(version).map(({ args }) => {
      const { names, versions } = args.spec as unknown as { names: { kind: string }; versions: Version[] };
      return [names.kind, versions[0]?.schema.openAPIV3Schema.properties?.spec];
    }),
  );

  describe(`The policies' CRDs of Cilium ${version}`, () => {
    for (const [name, data] of Object.entries(STACKS)) {
      it(`define every field of the policies of the stack ${name}`, async () => {
        const { all } = await declared(layers(data));
        const policies = all.filter(({ type }) => type.startsWith("kubernetes:cilium.io/v2:"));
        assert.ok(policies.length > 2);
        for (const { type, name: policy, inputs } of policies) {
          const schema = schemas.get(type.slice(type.lastIndexOf(":") + 1));
          assert.deepEqual(unknownFields(inputs.spec, schema, "spec"), [], policy);
        }
      });
    }

    it("define no field that is misspelt", () => {
      const spec = { ingress: [{ toPorts: [{ ports: [{ port: "80", protocl: "TCP" }] }] }] };
      assert.deepEqual(unknownFields(spec, schemas.get("CiliumNetworkPolicy"), "spec"), [
        "spec.ingress[0].toPorts[0].ports[0].protocl",
      ]);
    });
  });
}
