import {
  formatValue,
  listItems,
  type Pod,
  podContainers,
  podSpecs,
  propertyAt,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import { envoyDocs, nist } from "../../frameworks.ts";
import type { ResourceGuardrail } from "../../guardrail.ts";
import { type Config, CONFIG_MAP, configurations, objectsWith } from "./config-maps.ts";

/** Guardrails on Envoy as a gateway that asks for decisions, and on GoGatekeeper. */

const EXT_AUTHZ = /\.ext_authz\.v3\.ExtAuthz$/;
const JWT_AUTHN = /\.jwt_authn\.v3\.JwtAuthentication$/;
const CONNECTIONS = /\.http_connection_manager\.v3\.HttpConnectionManager$/;

/** The filters of a type within Envoy's configuration. */
function filters(config: unknown, type: RegExp): readonly Config[] {
  return objectsWith(config, "@type").filter((filter) => type.test(String(filter["@type"])));
}

export const gatewayFailsClosed: ResourceGuardrail = {
  kind: "resource",
  name: "gateway-fails-closed",
  description: "A gateway that cannot get a decision, or has no valid token, denies the request.",
  severity: "critical",
  enforcement: "mandatory",
  framework: envoyDocs(
    "extensions.filters.http.ext_authz.v3.ExtAuthz",
    "failure_mode_allow; NIST SP 800-53 SC-24",
  ),
  remediation: [
    "Set failure_mode_allow of ExtAuthz to false.",
    "Take allow_missing and allow_missing_or_failed out of the requirements of JwtAuthentication.",
  ],
  types: [CONFIG_MAP],
  check(resource, report) {
    for (const [file, config] of configurations(resource)) {
      for (const { failure_mode_allow: open } of filters(config, EXT_AUTHZ))
        if (open !== undefined && open !== false)
          report(`${file}: failure_mode_allow is ${JSON.stringify(open)}, not false`);
      for (const filter of filters(config, JWT_AUTHN))
        for (const field of ["allow_missing", "allow_missing_or_failed"])
          if (objectsWith(filter, field).length > 0) report(`${file}: a token is not required: ${field}`);
    }
  },
};

export const gatewayAsksByGrpc: ResourceGuardrail = {
  kind: "resource",
  name: "gateway-asks-by-grpc",
  description:
    "Envoy asks for decisions by gRPC: by HTTP, it takes every 200 for an allow, and OPA answers a denial so.",
  severity: "critical",
  enforcement: "mandatory",
  framework: envoyDocs("extensions.filters.http.ext_authz.v3.ExtAuthz", "http_service, grpc_service"),
  remediation: ["Give grpc_service, with OPA's Envoy image behind it, in place of http_service."],
  types: [CONFIG_MAP],
  check(resource, report) {
    for (const [file, config] of configurations(resource)) {
      for (const filter of filters(config, EXT_AUTHZ)) {
        if (filter.http_service !== undefined) report(`${file}: ExtAuthz has an http_service`);
        else if (filter.grpc_service === undefined) report(`${file}: ExtAuthz has no grpc_service`);
      }
    }
  },
};

/** What makes the path that is decided on the path that is sent on. */
const NORMAL = {
  normalize_path: true,
  merge_slashes: true,
  path_with_escaped_slashes_action: "REJECT_REQUEST",
} as const;

export const gatewayNormalizesPaths: ResourceGuardrail = {
  kind: "resource",
  name: "gateway-normalizes-paths",
  description:
    "A gateway that asks for decisions normalizes the path first, and refuses escaped slashes; GoGatekeeper, which does neither, runs only behind an Envoy in its own pod.",
  severity: "critical",
  enforcement: "mandatory",
  framework: nist("SI-10", "Information Input Validation"),
  remediation: [
    "Set normalize_path and merge_slashes to true, and path_with_escaped_slashes_action to REJECT_REQUEST.",
    "Let GoGatekeeper listen on 127.0.0.1 only, and add a container with Envoy to its pod, which normalizes paths.",
  ],
  types: [CONFIG_MAP, WORKLOAD_TYPES],
  check(resource, report) {
    for (const [file, config] of configurations(resource)) {
      for (const manager of filters(config, CONNECTIONS)) {
        if (filters(manager.http_filters, EXT_AUTHZ).length === 0) continue;
        for (const [field, wanted] of Object.entries(NORMAL))
          if (manager[field] !== wanted)
            report(`${file}: ${field} is ${shown(manager[field])}, not ${JSON.stringify(wanted)}`);
      }
    }
    for (const pod of podSpecs(resource)) for (const fault of goGatekeeperFaults(pod)) report(fault);
  },
};

function shown(value: unknown): string {
  return value === undefined ? "not set" : JSON.stringify(value);
}

const GO_GATEKEEPER = /(?:^|\/)gogatekeeper\/gatekeeper[:@]/;
const ENVOY = /(?:^|\/)envoyproxy\/envoy[:@]/;

function goGatekeeperFaults(pod: Pod): string[] {
  const containers = podContainers(pod);
  const images = containers.map(({ props }) => propertyAt(props, "image"));
  const hasEnvoy = images.some((image) => typeof image === "string" && ENVOY.test(image));
  return containers.flatMap(({ called, props }, index) => {
    const image = images[index];
    if (typeof image !== "string" || !GO_GATEKEEPER.test(image)) return [];
    if (!hasEnvoy) return [`${called} is GoGatekeeper without an Envoy in its pod, which normalizes paths`];
    const words = ["command", "args"].flatMap((key) => listItems(propertyAt(props, key)));
    const listens = words.filter(
      (word): word is string => typeof word === "string" && /^--listen(?:-http)?[= ]/.test(word),
    );
    const open = listens.find((word) => !/^--listen(?:-http)?[= ](?:127\.0\.0\.1|localhost):/.test(word));
    if (listens.length > 0 && open === undefined) return [];
    return [`${called} listens beyond its pod: ${open === undefined ? "no --listen" : formatValue(open)}`];
  });
}
