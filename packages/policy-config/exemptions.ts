import { closest } from "fastest-levenshtein";
import { z } from "zod";
import { type Configurable, isExemptible } from "./configurable.ts";
import { type FieldSchema, issueTexts } from "./issue-texts.ts";
import { hasWildcard, overBroad, patternFault, urnMatches } from "./urn-pattern.ts";

/** Exemptions: violations that the owners of the pack's configuration accept, by policy and resource, until a day. */

/** One line of text, as it stands in a message. */
const line = z.string().superRefine((text, context) => {
  if (text.trim() === "" || /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text))
    context.addIssue({ code: "custom", message: "has to be one line of text" });
});

const exemption = z.strictObject({
  policy: z.string().min(1).describe("The policy whose violations are exempted."),
  urn: z
    .string()
    .superRefine((urn, context) => {
      const fault = patternFault(urn);
      if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
    })
    .describe(
      "The resource's URN, urn:pulumi:STACK::PROJECT::TYPE::NAME; a * in it stands for any characters within a part.",
    ),
  owner: line.describe("Who answers for the exemption."),
  reason: line.describe("Why the violation is accepted."),
  expires: z.iso
    .date("has to be a day, YYYY-MM-DD")
    .describe("The last day on which it is in force, YYYY-MM-DD in UTC."),
});

const parameters = z.strictObject({
  exempt: z
    .array(exemption)
    .optional()
    .describe("The violations that are exempted; each is shown in every preview as an advisory one."),
});

type Given = z.infer<typeof exemption>;

const schema = z.toJSONSchema(parameters, { io: "input" }) as FieldSchema;

/** The parameters of the policy `exemptions`, by name, as JSON schemas. */
export const EXEMPTIONS_PROPERTIES: Readonly<Record<string, object>> = schema.properties ?? {};

/** Says in one sentence each what is wrong with the parameters of the policy `exemptions`. */
export function exemptionsFaults(given: unknown, policies: readonly Configurable[]): readonly string[] {
  const read = parameters.safeParse(given);
  if (!read.success) return read.error.issues.flatMap((issue) => issueTexts(issue, schema));
  return (read.data.exempt ?? []).flatMap(({ policy }, index) => {
    const fault = policyFault(policy, policies);
    return fault === undefined ? [] : [`exempt[${index}].policy: ${fault}`];
  });
}

function policyFault(name: string, policies: readonly Configurable[]): string | undefined {
  const exemptible = policies.filter(isExemptible);
  if (exemptible.some((policy) => policy.name === name)) return undefined;
  if (policies.some((policy) => policy.name === name)) return `${name} allows no exemptions`;
  const names = exemptible.map((policy) => policy.name);
  return `there is no policy ${name}. Did you mean ${closest(name, names)}?`;
}

/** An exemption of the configuration. */
export interface Exemption extends Given {
  /** Where it stands, `exempt[0]`. */
  readonly called: string;
  /** Whether its last day is over, so that it exempts nothing. */
  readonly expired: boolean;
}

/** The exemptions of one configuration, and for one run of the pack what they have exempted. */
export class Exemptions {
  readonly all: readonly Exemption[];
  readonly #exempted = new Map<Exemption, Set<string>>();

  /** @param now the moment of the evaluation, whose day in UTC decides what has expired */
  constructor(given: readonly Given[], now: Date) {
    const today = now.toISOString().slice(0, "YYYY-MM-DD".length);
    this.all = given.map((one, index) => ({
      ...one,
      called: `exempt[${index}]`,
      expired: one.expires < today,
    }));
  }

  /** Reads the parameters of the policy `exemptions`, which have no faults. */
  static read(given: unknown, now: Date): Exemptions {
    const read = parameters.safeParse(given);
    return new Exemptions(read.data?.exempt ?? [], now);
  }

  /** The exemption in force for a violation of a policy by a resource, which counts as used from now on. */
  use(policy: string, urn: string): Exemption | undefined {
    const found = this.all.find((one) => !one.expired && one.policy === policy && urnMatches(one.urn, urn));
    if (found !== undefined) {
      const urns = this.#exempted.get(found) ?? new Set();
      this.#exempted.set(found, urns.add(urn));
    }
    return found;
  }

  /** Says in one sentence each which exemptions have expired, and which are over-broad whatever the stack has. */
  faults(): readonly string[] {
    return this.all.flatMap((one) => {
      const broad = overBroad(one.urn);
      return [
        ...(one.expired
          ? [`${exemptionText(one)} expired on ${one.expires}: take it out, or have its owner renew it`]
          : []),
        ...(broad === undefined ? [] : [`${exemptionText(one)} is over-broad: ${broad}`]),
      ];
    });
  }

  /**
   * Says in one sentence each which exemptions in force have exempted nothing, and which all resources of a type.
   *
   * @param urns of all resources of the stack by their types
   */
  faultsAtEnd(urns: ReadonlyMap<string, readonly string[]>): readonly string[] {
    return this.all.flatMap((one) => {
      const exempted = this.#exempted.get(one);
      if (exempted === undefined)
        return one.expired ? [] : [`${exemptionText(one)} is unused: take it out, no violation matches it`];
      const types = [...urns].filter(([, all]) => all.some((urn) => exempted.has(urn)));
      return types.flatMap(([type, all]) => {
        const isAll = hasWildcard(one.urn) && all.length > 1 && all.every((urn) => urnMatches(one.urn, urn));
        return isAll
          ? [
              `${exemptionText(one)} is over-broad: its URN pattern matches all ${all.length} resources of the type ${type}`,
            ]
          : [];
      });
    });
  }
}

function exemptionText({ called, policy, urn, owner }: Exemption): string {
  return `the exemption ${called} from ${policy} for ${urn} (owner: ${owner})`;
}

/** What stands before the message of a violation that is exempted. */
export function exemptedPrefix({ owner, reason, expires }: Omit<Given, "policy" | "urn">): string {
  return `Exempted until ${expires} (owner: ${owner}; reason: ${reason}): `;
}
