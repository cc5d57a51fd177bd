import { type GrantedRecord, grantedRequests, normalizePath } from "@attested-fhir/cilium-access";
import type { DeclaredGrant, DeclaredServer } from "./declaration.ts";
import type { AllowedTexts } from "./regex-counterexample.ts";

/** What grants allow, in requests: read from what the stack declares, and never from its policies. */

/** What one organisation may ask one server for. */
export interface GrantedRequests {
  readonly records: readonly GrantedRecord[];
  /** Whether a request is granted, in whatever form its path is sent. */
  readonly allows: (method: string, path: string) => boolean;
  /** The paths, in normal form, that a method may have. */
  readonly paths: (method: string) => AllowedTexts;
}

/**
 * What the grants of some organisation on a server allow.
 *
 * A version is read by whatever id it has: who may read one version of a record may read each.
 *
 * Source: FHIR R5, RESTful API.
 *
 * @param org undefined for a client that belongs to no organisation
 */
export function requestsGrantedTo(
  org: string | undefined,
  server: DeclaredServer,
  grants: readonly DeclaredGrant[],
): GrantedRequests {
  const own = grants.filter((grant) => grant.server === server.name && grant.org === org);
  const records = own.map((grant) => grantedRecord(grant, server));
  const byMethod = Map.groupBy(records.flatMap(grantedRequests), ({ method }) => method);
  const allowed = new Map(
    [...byMethod].map(([method, requests]): [string, Required<AllowedTexts>] => [
      method,
      {
        texts: requests.filter(({ probes }) => probes !== "vread").map(({ path }) => path),
        beforeVersion: requests
          .filter(({ probes }) => probes === "vread")
          .map(({ path }) => path.replace(/[^/]*$/, "")),
      },
    ]),
  );
  return {
    records,
    paths: (method) => allowed.get(method) ?? { texts: [] },
    allows: (method, path) => {
      const normal = normalizePath(path);
      return normal.kind === "path" && isAmong(normal.path, allowed.get(method));
    },
  };
}

/** A grant's record, where its server has it. */
export function grantedRecord(grant: DeclaredGrant, { basePath }: DeclaredServer): GrantedRecord {
  const { resourceType, id, interactions } = grant;
  return { basePath, resourceType, id, interactions };
}

function isAmong(path: string, allowed: Required<AllowedTexts> | undefined): boolean {
  if (allowed === undefined) return false;
  const isVersion = (rest: string) => /^[A-Za-z0-9.-]+$/.test(rest);
  return (
    allowed.texts.includes(path) ||
    allowed.beforeVersion.some((start) => path.startsWith(start) && isVersion(path.slice(start.length)))
  );
}
