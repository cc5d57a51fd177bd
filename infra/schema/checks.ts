import { attestationFault } from "../../attestation/attestation.ts";
import type { Mistake, Partially } from "../mistakes.ts";
import { broughtAttestation, keysById } from "./brought.ts";
import { overlap } from "./cidr.ts";
import { type ImageToSign } from "./signing.ts";
import type { StackFile } from "./stack.ts";

/**
 * What must hold between the keys of a stack. Each check speaks for itself and looks only at keys that are
 * well formed, so that one mistake never hides another.
 */

type Draft = Partially<StackFile>;
type Check = (draft: Draft) => Mistake[];

function mistake(path: readonly PropertyKey[], message: string): Mistake {
  return { path, message };
}

function builds(draft: Draft, layer: "signing" | "runtime"): boolean {
  return draft.layers?.includes(layer) ?? false;
}

const RANGES = ["nodes", "pods", "services"] as const;

const rangesAreDisjoint: Check = ({ deployerCluster, mllpAdapter }) => {
  const ranges = deployerCluster?.ranges ?? {};
  const own = RANGES.flatMap((name) => {
    const range = ranges[name];
    return range === undefined ? [] : [{ path: ["deployerCluster", "ranges", name], range }];
  });
  const senders = (mllpAdapter?.senders ?? []).map((range, index) => ({
    path: ["mllpAdapter", "senders", index],
    range,
  }));
  return own.flatMap((one, index) =>
    [...own.slice(index + 1), ...senders]
      .filter((other) => overlap(one.range, other.range))
      .map((other) =>
        mistake(
          other.path,
          `overlaps ${one.path.join(".")} = ${one.range}: give each network a range of its own`,
        ),
      ),
  );
};

const datasetRestsWhereAllowed: Check = ({ hl7v2Store, allowedLocations }) => {
  const location = hl7v2Store?.location;
  if (location === undefined || allowedLocations === undefined || allowedLocations.includes(location))
    return [];
  const allowed = allowedLocations.length === 0 ? "none is named there" : allowedLocations.join(", ");
  return [mistake(["hl7v2Store", "location"], `is outside allowedLocations: ${allowed}`)];
};

const attestorsAreKnown: Check = (draft) => {
  if (!builds(draft, "runtime") || builds(draft, "signing")) return [];
  const missing: Mistake[] = [];
  if (draft.attestors?.length === 0) {
    missing.push(
      mistake(["attestors"], "is empty: name the signing stack's attestor and pin its public key"),
    );
  }
  if (draft.attestations === "") {
    missing.push(
      mistake(["attestations"], "is missing: name the file with the signing stack's attestations"),
    );
  }
  return missing;
};

const somebodyMayVerify: Check = (draft) => {
  const alone = builds(draft, "signing") && !builds(draft, "runtime");
  if (!alone || draft.attestor?.verifierProjects?.length !== 0) return [];
  return [
    mistake(
      ["attestor", "verifierProjects"],
      "is empty: no deployer project may verify, give its project number",
    ),
  ];
};

const agentsCanBeNamed: Check = (draft) => {
  const deployer = draft.projects?.deployer;
  if (draft.customerManagedKeys === undefined || deployer?.id === undefined) return [];
  if (deployer.create !== undefined || deployer.number !== undefined) return [];
  const why =
    "is missing: customerManagedKeys must be granted to the project's Compute Engine agent, named by number";
  return [mistake(["projects", "deployer", "number"], why)];
};

const outboundTopicExists: Check = ({ mllpAdapter, hl7v2Store }) => {
  const topic = mllpAdapter?.outbound?.topic;
  const topics = hl7v2Store?.notifications?.map((notification) => notification.topic);
  if (topic === undefined || topics === undefined) return [];
  if (topics.includes(topic) || topics.includes(undefined)) return [];
  const known = topics.length === 0 ? "hl7v2Store.notifications names none" : topics.join(", ");
  return [mistake(["mllpAdapter", "outbound", "topic"], `is not a topic of the HL7v2 store: ${known}`)];
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
        ? [mistake([...path, index, "id"], "names another key of the attestor already")]
        : [],
    ),
  );
};

const imagesAreListedOnce: Check = ({ images }) => {
  const listed = (images ?? []).map((item) => item.image);
  return listed.flatMap((image, index) =>
    image !== undefined && listed.indexOf(image) < index
      ? [
          mistake(
            ["images", index, "image"],
            `is listed already, as images[${String(listed.indexOf(image))}]`,
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
            mistake(
              path,
              "is brought along, though signingKey signs: leave it out, or give attestor.publicKeys",
            ),
          ];
    }
    const brought = broughtAttestation(item as ImageToSign, keys);
    if (brought === undefined)
      return [mistake(path, "is missing: attestor.publicKeys are managed elsewhere, so bring the signature")];
    const fault = attestationFault(brought, keys);
    return fault === undefined ? [] : [mistake(path, `is refused: ${fault}`)];
  });
};

/** Every check across the keys of a stack, but for those on projects and layers. */
export const CHECKS: readonly Check[] = [
  rangesAreDisjoint,
  datasetRestsWhereAllowed,
  attestorsAreKnown,
  somebodyMayVerify,
  agentsCanBeNamed,
  outboundTopicExists,
  keysHaveTheirOwnIds,
  imagesAreListedOnce,
  signaturesVerify,
];
