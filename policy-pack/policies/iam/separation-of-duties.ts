import {
  ADMISSION_POLICY,
  propertyAt,
  ATTESTOR,
  CLUSTER,
  CRYPTO_KEY,
  roleHolders,
  type DeclaredLayer,
  NODE_POOL,
  NOTE,
  OCCURRENCE,
  type Resource,
  ROOT,
  type Duty,
  declaredDuty,
  type StackReport,
  withDeclaration,
} from "@attested-fhir/stack-model";
import { nist } from "../../frameworks.ts";
import { type ResourceGuardrail, type StackGuardrail, theRoot } from "../../guardrail.ts";
import { reportCrossDutyGrants, otherDuty } from "./cross-duty-grants.ts";

/** Guardrails on who may do what: roles and projects, signing and running. */

const SEPARATION = nist("AC-5", "Separation of Duties");

export const rolesHaveDistinctProjects: ResourceGuardrail = {
  kind: "resource",
  name: "roles-have-distinct-projects",
  description: "Roles share a project only where the stack merges them by name.",
  severity: "high",
  enforcement: "mandatory",
  needs: ["roles", "mergedRoles"],
  framework: SEPARATION,
  remediation: [
    "Give each role a project of its own.",
    "If two roles are meant to share one, name both in mergedRoles.",
  ],
  types: [ROOT],
  check(root, report) {
    withDeclaration([root], ["roles", "mergedRoles"], report, ({ roles, mergedRoles }) => {
      const present = roleHolders(roles);
      present.forEach(({ role, project }, index) => {
        for (const other of present.slice(0, index).filter((one) => one.project === project)) {
          const merged = mergedRoles.some((group) => group.includes(role) && group.includes(other.role));
          if (!merged)
            report(
              `the roles ${other.role} and ${role} share the project ${project}, but are not merged by name`,
            );
        }
      });
    });
  },
};

export const dutiesSeparated: StackGuardrail = {
  kind: "stack",
  name: "duties-separated",
  description: "Where the stack separates duties, no identity can both sign images and run them.",
  severity: "critical",
  enforcement: "mandatory",
  needs: ["separateDuties"],
  framework: SEPARATION,
  remediation: [
    "Build the signing layer in a stack of its own, apart from runtime and fhir, run by a principal of its own.",
    "Grant nothing across: only Binary Authorization's service agents need to see the other side.",
  ],
  cannotPrevent: "a resource that is registered before the root component, which then is refused",
  before: { types: [ROOT, /^(?:gcp|kubernetes):/], related: theRoot },
  check(resources, report) {
    // Without a root component nothing says that duties are separate; a broken one is reported.
    if (!resources.some(({ type }) => type === ROOT)) return;
    withDeclaration(resources, ["separateDuties"], report, ({ separateDuties }) => {
      if (!separateDuties) return;
      withDeclaration(resources, ["layers", "roles", "attestors", "attestations"], report, (declaration) => {
        const root = rootComponent(resources);
        if (new Set(declaration.layers.map(declaredDuty)).size > 1)
          report(`the stack declares layers of both sides: ${declaration.layers.join(", ")}`, root);
        checkResources(resources, declaration.layers, report);
        checkIdentities(roleHolders(declaration.roles), root, report);
        const other = otherDuty(declaration);
        for (const shared of other.sharedProjects) {
          report(`the project ${shared} is the signers' as well as the running side's`, root);
        }
        reportCrossDutyGrants(resources, other, report);
      });
    });
  },
};

function rootComponent(resources: readonly Resource[]): Resource | undefined {
  return resources.find(({ type }) => type === ROOT);
}

/** The side that a resource belongs to by its nature; none for what both have. */
function dutyFor(resource: Resource): Duty | undefined {
  const { type } = resource;
  if (type === CRYPTO_KEY)
    return propertyAt(resource.props, "purpose") === "ASYMMETRIC_SIGN" ? "signing" : undefined;
  if ([NOTE, ATTESTOR, OCCURRENCE].includes(type)) return "signing";
  if ([ADMISSION_POLICY, CLUSTER, NODE_POOL].includes(type)) return "running";
  return type.startsWith("kubernetes:") || type.startsWith("gcp:healthcare/") ? "running" : undefined;
}

function checkResources(
  resources: readonly Resource[],
  layers: readonly DeclaredLayer[],
  report: StackReport,
): void {
  const own = layers.map(declaredDuty);
  for (const resource of resources) {
    const side = dutyFor(resource);
    if (side === undefined || own.includes(side)) continue;
    report(`it belongs to the ${side} side, of which the stack declares no layer`, resource);
  }
}

/** No project and no service account stands on both sides. */
function checkIdentities(
  holders: ReturnType<typeof roleHolders>,
  root: Resource | undefined,
  report: StackReport,
): void {
  const runners = holders.filter(({ side }) => side === "running");
  for (const signer of holders.filter(({ side }) => side === "signing")) {
    for (const runner of runners) {
      const between = `${signer.role} (${signer.layer}) and ${runner.role} (${runner.layer})`;
      if (signer.project === runner.project) report(`${between} share the project ${signer.project}`, root);
      if (signer.serviceAccount !== undefined && signer.serviceAccount === runner.serviceAccount) {
        report(`${between} act as the same service account, ${signer.serviceAccount}`, root);
      }
    }
  }
}
