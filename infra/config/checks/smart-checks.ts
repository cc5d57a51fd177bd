import { scopeIssue } from "../../../components/smart/smart-scope.ts";
import { versionInPath } from "../../../components/fhir/resource-types.ts";
import { type Check, configIssue } from "./check.ts";

/** Constraints between `smart` and the keys of the FHIR server. */

const scopesAreSmart: Check = ({ smart, fhirServer }) => {
  const version = fhirServer?.fhirVersion ?? versionInPath(fhirServer?.basePath ?? "");
  if (version === undefined) return [];
  return (smart?.scopes ?? []).flatMap((scope, index) => {
    const issue = scopeIssue(scope, version);
    return issue === undefined ? [] : [configIssue(["smart", "scopes", index], issue)];
  });
};

/** Without deny-all, requests would reach the server by other ways than the gateway. */
const smartNeedsDenyAll: Check = ({ smart, denyAll }) =>
  smart === undefined || denyAll === true
    ? []
    : [
        configIssue(
          ["denyAll"],
          "is off: smart needs it, so that the web gateway is the app's only way to the server",
        ),
      ];

/** Every check of `smart` across keys. */
export const SMART_CHECKS: readonly Check[] = [scopesAreSmart, smartNeedsDenyAll];
