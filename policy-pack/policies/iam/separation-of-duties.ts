import {
  ADMISSION_POLICY,
  propertyAt,
  ATTESTOR,
  CLUSTER,
  CRYPTO_KEY,
  roleHolders,
  type Declaration,
  NODE_POOL,
  NOTE,
  OCCURRENCE,
  type Resource,
  ROOT,
  type Duty,
  declaredDuty,
  withDeclaration,
} from "@attested-fhir/stack-model";
import { nist } from "../../frameworks.ts";
import type { OrderedGuardrail, ResourceGuardrail } from "../../guardrail.ts";
import { crossDutyGrants, type OtherDuty, otherDuty } from "./cross-duty-grants.ts";

/** Guardrails on who may do what: roles and projects, signing and running. */

const SEPARATION = nist("AC-5", "Separation of Duties");

export const rolesHaveDistinctProjects: ResourceGuardrail = {
  kind: "resource",
  name: "roles-have-distinct-projects",
  description: "Roles share a project only where the stack merges them by name.",
  severity: "high",
  enforcement: "mandatory",
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

export const dutiesSeparated: OrderedGuardrail = {
  kind: "ordered",
  name: "duties-separated",
  description: "Where the stack separates duties, no identity can both sign images and run them.",
  severity: "critical",
  enforcement: "mandatory",
  framework: SEPARATION,
  remediation: [
    "Build the signing layer in a stack of its own, apart from runtime and fhir, run by a principal of its own.",
    "Grant nothing across: only Binary Authorization's service agents need to see the other side.",
  ],
  types: [ROOT, /^(?:gcp|kubernetes):/],
  check(resource, registered, report) {
    if (resource.type === ROOT) {
      withDuties(resource, report, checkDeclaration(report));
      return;
    }
    // Without a root component nothing says that duties are separate; a broken one is reported itself.
    const [root] = registered.ofTypes(ROOT);
    if (root === undefined) return;
    const silent = () => undefined;
    withDuties(root, silent, ({ layers, other }) => {
      const side = dutyOf(resource);
      if (side !== undefined && !layers.map(declaredDuty).includes(side))
        report(`it belongs to the ${side} side, of which the stack declares no layer`);
      for (const fault of crossDutyGrants(resource, other)) report(fault);
    });
  },
};

/** What the root component declares of the sides, where it separates them. */
interface Duties extends Pick<Declaration, "layers" | "roles"> {
  readonly other: OtherDuty;
}

type Report = (message: string) => void;

const known = new WeakMap<Resource, Duties>();

function withDuties(root: Resource, report: Report, use: (duties: Duties) => void): void {
  withDeclaration([root], ["separateDuties"], report, ({ separateDuties }) => {
    if (!separateDuties) return;
    withDeclaration([root], ["layers", "roles", "attestors", "attestations"], report, (declaration) => {
      const duties = known.get(root) ?? { ...declaration, other: otherDuty(declaration) };
      known.set(root, duties);
      use(duties);
    });
  });
}

const checkDeclaration =
  (report: Report) =>
  ({ layers, roles, other }: Duties): void => {
    if (new Set(layers.map(declaredDuty)).size > 1)
      report(`the stack declares layers of both sides: ${layers.join(", ")}`);
    checkIdentities(roleHolders(roles), report);
    for (const shared of other.sharedProjects)
      report(`the project ${shared} is the signers' as well as the running side's`);
  };

/** The side that a resource belongs to by its nature; none for what both have. */
function dutyOf(resource: Resource): Duty | undefined {
  const { type } = resource;
  if (type === CRYPTO_KEY)
    return propertyAt(resource.props, "purpose") === "ASYMMETRIC_SIGN" ? "signing" : undefined;
  if ([NOTE, ATTESTOR, OCCURRENCE].includes(type)) return "signing";
  if ([ADMISSION_POLICY, CLUSTER, NODE_POOL].includes(type)) return "running";
  return type.startsWith("kubernetes:") || type.startsWith("gcp:healthcare/") ? "running" : undefined;
}

/** No project and no service account stands on both sides. */
function checkIdentities(holders: ReturnType<typeof roleHolders>, report: Report): void {
  const runners = holders.filter(({ side }) => side === "running");
  for (const signer of holders.filter(({ side }) => side === "signing")) {
    for (const runner of runners) {
      const between = `${signer.role} (${signer.layer}) and ${runner.role} (${runner.layer})`;
      if (signer.project === runner.project) report(`${between} share the project ${signer.project}`);
      if (signer.serviceAccount !== undefined && signer.serviceAccount === runner.serviceAccount) {
        report(`${between} act as the same service account, ${signer.serviceAccount}`);
      }
    }
  }
}
