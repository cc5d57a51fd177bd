import {
  formatValue,
  listItems,
  podContainers,
  podSpecs,
  propertyAt,
  WORKLOAD_TYPES,
} from "@attested-fhir/stack-model";
import { opaDocs } from "../../frameworks.ts";
import type { ResourceGuardrail, StackGuardrail } from "../../guardrail.ts";
import { type Config, CONFIG_MAP, configurations, isConfig, type Module, modules } from "./config-maps.ts";

/** Guardrails on the policies that OPA decides by, and on how it gets them. */

export const opaDefaultDeny: StackGuardrail = {
  kind: "stack",
  name: "opa-default-deny",
  description: "Every Rego package that decides on `allow` denies by default.",
  severity: "critical",
  enforcement: "mandatory",
  framework: opaDocs("Policy Reference: Default Keyword", "default allow := false"),
  remediation: ["Add `default allow := false` to the package."],
  cannotPrevent: "the gateway that it is about: its resources are compared when all are there",
  check(resources, report) {
    for (const resource of resources.filter(({ type }) => CONFIG_MAP.test(type))) {
      for (const [name, parts] of Map.groupBy(modules(resource), packageName)) {
        const text = parts.map(code).join("\n");
        if (!/^allow\b/m.test(text) || /^default allow\s*(?::=|=)\s*false\s*$/m.test(text)) continue;
        report(
          `the package ${name} (${fileNames(parts)}) has rules for allow and no default that denies`,
          resource,
        );
      }
    }
  },
};

export const opaTokenVerified: StackGuardrail = {
  kind: "stack",
  name: "opa-token-verified",
  description: "Every Rego package that reads a JWT verifies it.",
  severity: "critical",
  enforcement: "mandatory",
  framework: opaDocs("Policy Reference: Tokens", "io.jwt.decode_verify; RFC 8725, 3.1 and 3.2"),
  remediation: [
    "Read the claims from io.jwt.decode_verify, with the issuer's keys, issuer, audience and algorithm.",
    "io.jwt.decode alone is for the header, which names the key.",
  ],
  cannotPrevent: "the gateway that it is about: its resources are compared when all are there",
  check(resources, report) {
    for (const resource of resources.filter(({ type }) => CONFIG_MAP.test(type))) {
      for (const [name, parts] of Map.groupBy(modules(resource), packageName)) {
        const text = parts.map(code).join("\n");
        if (!/\bio\.jwt\.decode\(/.test(text)) continue;
        if (/\bio\.jwt\.(?:decode_verify|verify_(?!hs)\w+)\(/.test(text)) continue;
        report(`the package ${name} (${fileNames(parts)}) decodes a token and never verifies one`, resource);
      }
    }
  },
};

/** Algorithms whose key cannot sign what it verifies. */
const ASYMMETRIC = /^(?:RS|PS|ES)(?:256|384|512)$/;

export const opaBundleSigned: ResourceGuardrail = {
  kind: "resource",
  name: "opa-bundle-signed",
  description: "OPA loads a bundle only where its signature is by a named public key.",
  severity: "high",
  enforcement: "mandatory",
  framework: opaDocs("Bundles: Signing", "bundles[_].signing.keyid, keys[_]; --verification-key"),
  remediation: [
    "Name a key in signing.keyid of the bundle, and give its public half in keys, with an RS, PS or ES algorithm.",
    "On the command line: --verification-key with the file of a public key, and no --skip-verify.",
    "Sign the bundle by npm run opa-bundle, or opa build --signing-key.",
  ],
  types: [CONFIG_MAP, WORKLOAD_TYPES],
  check(resource, report) {
    for (const [file, config] of configurations(resource)) {
      for (const fault of bundleFaults(config)) report(`${file}: ${fault}`);
    }
    for (const pod of podSpecs(resource)) {
      for (const { called, props } of podContainers(pod)) {
        const words = ["command", "args"].flatMap((key) => listItems(propertyAt(props, key)));
        const fault = commandFault(
          words.map((word) => (typeof word === "string" ? word : formatValue(word))),
        );
        if (fault !== undefined) report(`${called}: ${fault}`);
      }
    }
  },
};

function bundleFaults({ bundles, keys }: Config): string[] {
  if (!isConfig(bundles)) return [];
  return Object.entries(bundles).flatMap(([name, bundle]) => {
    const signing = isConfig(bundle) ? bundle.signing : undefined;
    const keyid = isConfig(signing) ? signing.keyid : undefined;
    if (typeof keyid !== "string") return [`the bundle ${name} has no signing.keyid`];
    if (isConfig(signing) && Array.isArray(signing.exclude_files) && signing.exclude_files.length > 0)
      return [`the bundle ${name} leaves files out of its signature: exclude_files`];
    const key = isConfig(keys) ? keys[keyid] : undefined;
    const algorithm = isConfig(key) ? (key.algorithm ?? "RS256") : undefined;
    if (typeof algorithm === "string" && ASYMMETRIC.test(algorithm)) return [];
    return [`the bundle ${name} is verified by ${keyid}, which is no public key in keys`];
  });
}

/** Only `opa run` loads bundles; its options are `--bundle` and `-b`. */
function commandFault(words: readonly string[]): string | undefined {
  if (!words.includes("run")) return undefined;
  if (words.some((word) => /^--skip-verify(?:=true)?$/.test(word))) return "opa run has --skip-verify";
  if (!words.some((word) => /^(?:-b|--bundle)(?:=|$)/.test(word))) return undefined;
  if (words.some((word) => /^--verification-key(?:=|$)/.test(word))) return undefined;
  return "opa run has --bundle without --verification-key";
}

function packageName({ text }: Module): string {
  return /^package\s+(\S+)/m.exec(text)?.[1] ?? "without a name";
}

/** Without comments, so that none counts as a rule; a `#` within a text is left out with what follows, which no rule begins. */
function code({ text }: Module): string {
  return text.replace(/^\s*#.*$/gm, "");
}

function fileNames(parts: readonly Module[]): string {
  return parts.map(({ file }) => file).join(", ");
}
