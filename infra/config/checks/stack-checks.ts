import { attestationError } from "@attested-fhir/attestation";
import type { ConfigIssue, Partially } from "../errors.ts";
import { type Check, configIssue, type Draft } from "./check.ts";
import { externalAttestation, keysById } from "./external-attestations.ts";
import { overlap } from "../schema/cidr.ts";
import { registriesAreReachable } from "./registry-reachability.ts";
import type { DeployerClusterConfig } from "../schema/runtime.ts";
import { type ImageToSign } from "../schema/signing.ts";

/** Constraints between the keys of a stack. */

function builds(draft: Draft, layer: "signing" | "runtime"): boolean {
  return draft.layers?.includes(layer) ?? false;
}

/** Whether the stack creates a cluster that requires attestations. */
function runsAttested(draft: Draft): boolean {
  return builds(draft, "runtime") || draft.fhirCluster?.google !== undefined;
}

const RANGES = ["nodes", "pods", "services"] as const;

/** The ranges of one cluster, each with its path. */
function clusterRanges(
  path: readonly PropertyKey[],
  ranges: Partially<DeployerClusterConfig["ranges"]> = {},
) {
  return RANGES.flatMap((name) => {
    const range = ranges[name];
    return range === undefined ? [] : [{ path: [...path, "ranges", name], range }];
  });
}

const fhirRangesAreDisjoint: Check = ({ fhirCluster }) =>
  overlaps(clusterRanges(["fhirCluster", "google"], fhirCluster?.google?.ranges), []);

const rangesAreDisjoint: Check = ({ deployerCluster, mllpAdapter }) => {
  const senders = (mllpAdapter?.senders ?? []).map((range, index) => ({
    path: ["mllpAdapter", "senders", index],
    range,
  }));
  return overlaps(clusterRanges(["deployerCluster"], deployerCluster?.ranges), senders);
};

interface Range {
  readonly path: readonly PropertyKey[];
  readonly range: string;
}

function overlaps(own: readonly Range[], others: readonly Range[]): ConfigIssue[] {
  return own.flatMap((one, index) =>
    [...own.slice(index + 1), ...others]
      .filter((other) => overlap(one.range, other.range))
      .map((other) =>
        configIssue(
          other.path,
          `overlaps ${one.path.join(".")} = ${one.range}: give each network a range of its own`,
        ),
      ),
  );
}

const datasetRestsWhereAllowed: Check = ({ hl7v2Store, allowedLocations }) => {
  const location = hl7v2Store?.location;
  if (location === undefined || allowedLocations === undefined || allowedLocations.includes(location))
    return [];
  const allowed = allowedLocations.length === 0 ? "the list is empty" : allowedLocations.join(", ");
  return [configIssue(["hl7v2Store", "location"], `is outside allowedLocations: ${allowed}`)];
};

const attestorsAreKnown: Check = (draft) => {
  if (!runsAttested(draft) || builds(draft, "signing")) return [];
  const missing: ConfigIssue[] = [];
  if (draft.attestors?.length === 0) {
    missing.push(
      configIssue(["attestors"], "is empty: name the signing stack's attestor and pin its public key"),
    );
  }
  if (draft.attestations === "") {
    missing.push(
      configIssue(["attestations"], "is missing: name the file with the signing stack's attestations"),
    );
  }
  return missing;
};

const someProjectMayVerify: Check = (draft) => {
  const alone = builds(draft, "signing") && !runsAttested(draft);
  if (!alone || draft.attestor?.verifierProjects?.length !== 0) return [];
  return [
    configIssue(
      ["attestor", "verifierProjects"],
      "is empty: no project may verify with this attestor, so give the numbers of the projects with clusters",
    ),
  ];
};

const agentsCanBeNamed: Check = (draft) => {
  if (draft.customerManagedKeys === undefined) return [];
  return (["deployer", "fhir"] as const).flatMap((role) => {
    const project = draft.projects?.[role];
    if (project?.id === undefined || project.create !== undefined || project.number !== undefined) return [];
    const why =
      "is missing: customerManagedKeys must be granted to the project's Compute Engine agent, named by number";
    return [configIssue(["projects", role, "number"], why)];
  });
};

const outboundTopicExists: Check = ({ mllpAdapter, hl7v2Store }) => {
  const topic = mllpAdapter?.outbound?.topic;
  const topics = hl7v2Store?.notifications?.map((notification) => notification.topic);
  if (topic === undefined || topics === undefined) return [];
  if (topics.includes(topic) || topics.includes(undefined)) return [];
  const known = topics.length === 0 ? "hl7v2Store.notifications names none" : topics.join(", ");
  return [configIssue(["mllpAdapter", "outbound", "topic"], `is not a topic of the HL7v2 store: ${known}`)];
};

const keysHaveTheirOwnIds: Check = ({ attestor, attestors }) => {
  const lists = [
    { path: ["attestor", "publicKeys"], keys: attestor?.publicKeys ?? [] },
    ...(attestors ?? []).map(({ publicKeys }, index) => ({
      path: ["attestors", index, "publicKeys"],
      keys: publicKeys ?? [],
    })),
  ];
  return lists.flatMap(({ path, keys }) =>
    keys.flatMap(({ id }, index) =>
      id !== undefined && keys.findIndex((key) => key.id === id) < index
        ? [configIssue([...path, index, "id"], "is already the id of another key of this attestor")]
        : [],
    ),
  );
};

const imagesAreListedOnce: Check = ({ images }) => {
  const listed = (images ?? []).map((item) => item.image);
  return listed.flatMap((image, index) =>
    image !== undefined && listed.indexOf(image) < index
      ? [
          configIssue(
            ["images", index, "image"],
            `is already listed, as images[${String(listed.indexOf(image))}]`,
          ),
        ]
      : [],
  );
};

const signaturesVerify: Check = (draft) => {
  if (!builds(draft, "signing") || draft.attestor?.publicKeys === undefined) return [];
  const given = draft.attestor.publicKeys;
  const wellFormed = given.filter((key): key is { pem: string } => key.pem !== undefined);
  if (wellFormed.length < given.length) return [];
  const keys = keysById(wellFormed);
  return (draft.images ?? []).flatMap((item, index) => {
    const path = ["images", index, "signature"];
    if (item.image === undefined) return [];
    if (keys.length === 0) {
      return item.signature === undefined
        ? []
        : [
            configIssue(
              path,
              "must not be set where signingKey signs: remove it, or give attestor.publicKeys",
            ),
          ];
    }
    const external = externalAttestation(item as ImageToSign, keys);
    if (external === undefined)
      return [
        configIssue(path, "is missing: attestor.publicKeys are managed elsewhere, so give the signature"),
      ];
    const error = attestationError(external, keys);
    return error === undefined ? [] : [configIssue(path, `is refused: ${error}`)];
  });
};

/** Every check across the keys of a stack, except those on projects and layers. */
export const CHECKS: readonly Check[] = [
  registriesAreReachable,
  rangesAreDisjoint,
  fhirRangesAreDisjoint,
  datasetRestsWhereAllowed,
  attestorsAreKnown,
  someProjectMayVerify,
  agentsCanBeNamed,
  outboundTopicExists,
  keysHaveTheirOwnIds,
  imagesAreListedOnce,
  signaturesVerify,
];
