import { pinnedImage } from "../../attestation/image.ts";
import { accessFaults } from "../../components/cilium/access-faults.ts";
import type { Grant } from "../../components/cilium/grant.ts";
import { breakGlassFaults } from "../../components/fhir/access-wish.ts";
import { serverEndpoint } from "../../components/fhir/fhir-server-spec.ts";
import { REGISTRATION } from "../../components/fhir/registration.ts";
import type { Mistake, Partially } from "../mistakes.ts";
import type { StackFile } from "./stack.ts";

/** What must hold between the keys of the fhir layer. */

type Draft = Partially<StackFile>;
type Check = (draft: Draft, now: Date) => Mistake[];

function mistake(path: readonly PropertyKey[], message: string): Mistake {
  return { path, message };
}

const imagesAreNamedForEver: Check = ({ fhirServer, clientImage, unattestedImages }) => {
  const listed = unattestedImages?.map(({ image }) => image) ?? [];
  const images = [
    { path: ["fhirServer", "image"], image: fhirServer?.image },
    { path: ["clientImage"], image: clientImage },
  ];
  return images.flatMap(({ path, image }) => {
    if (image === undefined || listed.includes(image)) return [];
    try {
      pinnedImage(image);
      return [];
    } catch (error) {
      return [mistake(path, `${(error as Error).message}; or list it in unattestedImages by this very name`)];
    }
  });
};

const googleAsksForAttestations: Check = ({ fhirCluster, unattestedImages }) =>
  fhirCluster?.google === undefined || unattestedImages?.length === 0
    ? []
    : [
        mistake(
          ["unattestedImages"],
          "is given beside fhirCluster.google: there images are attested, or named by fhirCluster.google.admissionPolicy.allowList",
        ),
      ];

const nodesCanPull: Check = ({ fhirCluster }) =>
  fhirCluster?.google?.mirror === false && fhirCluster.google.natEgress === false
    ? [
        mistake(
          ["fhirCluster", "google", "mirror"],
          "is false, and so is natEgress: private nodes could pull no image, and Cilium would never start",
        ),
      ]
    : [];

const clientsCanRun: Check = ({ fhirClients = {}, fhirRecords = [], clientImage }) =>
  clientImage !== undefined || (Object.keys(fhirClients).length === 0 && fhirRecords.length === 0)
    ? []
    : [mistake(["clientImage"], "is missing: fhirClients and fhirRecords run from it")];

/** Policies tell clients, the server and registration apart by these names. */
const clientsAreToldApart: Check = ({ fhirClients, fhirServer }) =>
  Object.entries(fhirClients ?? {}).flatMap(([name, client]) => {
    const path = ["fhirClients", name];
    return [
      ...(name === fhirServer?.name ? [mistake(path, "is the name of the FHIR server: choose another")] : []),
      ...(client?.class !== undefined && client.class === fhirServer?.name
        ? [
            mistake(
              [...path, "class"],
              "is the FHIR server's class: policies would take the client for the server",
            ),
          ]
        : []),
      ...(client?.org === REGISTRATION.org
        ? [mistake([...path, "org"], "is kept for the jobs that register records, which may change them")]
        : []),
    ];
  });

const grantsAreSound: Check = ({ grants = [], fhirServer, cilium }) => {
  const { name, org, basePath } = fhirServer ?? {};
  const limit = cilium?.re2ProgramLimit;
  if (name === undefined || org === undefined || basePath === undefined || limit === undefined) return [];
  const sound = grants.flatMap((grant, index) => (isWhole(grant) ? [{ grant, index }] : []));
  const faults = accessFaults({
    servers: [serverEndpoint({ server: name, org, basePath })],
    grants: sound.map(({ grant }) => grant),
    re2ProgramLimit: limit,
  });
  return faults.map(({ path: [list, at, ...rest], message }) =>
    list === "servers"
      ? mistake(["fhirServer", ...rest], message)
      : mistake(["grants", sound[Number(at)]?.index ?? 0, ...rest], message),
  );
};

function isWhole(grant: Partially<Grant>): grant is Partially<Grant> & Grant {
  return [grant.org, grant.resourceType, grant.id, grant.interactions, grant.server].every(
    (value) => value !== undefined,
  );
}

const visibilityLeavesDenyAllAlone: Check = ({ flowVisibility, denyAll }) =>
  flowVisibility && denyAll
    ? [mistake(["flowVisibility"], "is true beside denyAll: it lets everybody in. Use the one or the other")]
    : [];

const opensOnlyBehindDenyAll: Check = ({ accessMode, breakGlass, denyAll, flowVisibility }, now) => {
  if (accessMode !== "breakGlass") return [];
  const { owner = "", reason = "", expiry = "" } = breakGlass ?? {};
  const protection = {
    denyAllStands: denyAll === true,
    serverOpenWithoutHttpRules: flowVisibility === true ? ["flow-visibility"] : [],
  };
  return breakGlassFaults({ owner, reason, expiry }, protection, now).map((fault) =>
    mistake(["accessMode"], `is refused: ${fault}`),
  );
};

const clusterRestsWhereAllowed: Check = ({ fhirCluster, allowedLocations = [] }) => {
  const location = fhirCluster?.google?.location;
  if (location === undefined || allowedLocations.includes(location.replace(/-[a-z]$/, ""))) return [];
  const allowed = allowedLocations.length === 0 ? "none is named there" : allowedLocations.join(", ");
  return [
    mistake(["fhirCluster", "google", "location"], `holds health data outside allowedLocations: ${allowed}`),
  ];
};

/** Every check across the keys of the fhir layer; each is content with a stack that does not build it. */
export const FHIR_CHECKS: readonly Check[] = [
  imagesAreNamedForEver,
  googleAsksForAttestations,
  nodesCanPull,
  clientsCanRun,
  clientsAreToldApart,
  grantsAreSound,
  visibilityLeavesDenyAllAlone,
  opensOnlyBehindDenyAll,
  clusterRestsWhereAllowed,
];
