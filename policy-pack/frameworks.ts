import type { Framework } from "./guardrail.ts";

/** The frameworks that guardrails refer to. Numbers move between versions, so each is pinned to one. */

/** CIS Google Kubernetes Engine Benchmark, with the ids of Checkov's checks for the same rule. */
export function cisGke(reference: string, title: string, ...checkovIds: readonly string[]): Framework {
  const specification = [title, ...checkovIds].join("; ");
  return { name: "CIS GKE Benchmark", version: "1.6.0", reference, specification };
}

/** Checkov's own catalogue, for rules that CIS does not number. */
export function checkov(reference: string, title: string): Framework {
  return { name: "Checkov", version: "3", reference, specification: title };
}

/** A field of a Google Cloud API, as its reference describes it. */
export function googleApiDocs(name: string, version: string, reference: string, title?: string): Framework {
  return { name, version, reference, ...(title !== undefined && { specification: title }) };
}

/** NIST Special Publication 800-53. */
export function nist(reference: string, title: string): Framework {
  return { name: "NIST SP 800-53", version: "Rev. 5", reference, specification: title };
}

/** Kubernetes' documentation, by the name of the page. */
export function kubernetesDocs(reference: string, title: string): Framework {
  return { name: "Kubernetes documentation", version: "v1.36", reference, specification: title };
}

/** Pulumi's documentation, by the name of the page. */
export function pulumiDocs(reference: string, title: string): Framework {
  return { name: "Pulumi documentation", version: "3", reference, specification: title };
}

/** Cilium's documentation, by the name of the page. */
export function ciliumDocs(reference: string, title: string): Framework {
  return { name: "Cilium documentation", version: "1.16", reference, specification: title };
}

/** Envoy's API, by the name of the message. */
export function envoyDocs(reference: string, title: string): Framework {
  return { name: "Envoy API", version: "v3", reference, specification: title };
}

/** Open Policy Agent's documentation, by the name of the page. */
export function opaDocs(reference: string, title: string): Framework {
  return { name: "OPA documentation", version: "1", reference, specification: title };
}
