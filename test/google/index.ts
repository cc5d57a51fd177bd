import { binaryAuthorization } from "./binaryauthorization.ts";
import { Cloud, type ProjectSeed } from "./cloud.ts";
import { containerAnalysis } from "./containeranalysis.ts";
import { Discovery } from "./discovery.ts";
import type { Status } from "./errors.ts";
import { addAccount } from "./iam.ts";
import type { JsonObject } from "./json.ts";
import { Kms, type Spoiling } from "./kms.ts";
import { listen } from "./listener.ts";
import { resourceManager } from "./resourcemanager.ts";
import { FrontEnd, type Recorded } from "./server.ts";
import { serviceUsage } from "./serviceusage.ts";

export { discoveryDir } from "./documents.ts";
export { serviceAgent } from "./serviceusage.ts";

/** What the simulated control plane begins with. */
export interface GoogleOptions {
  /** The directory of the discovery documents, one file `SERVICE-VERSION.json` for each. */
  readonly discoveryDir: string;
  /** The projects that exist already; none by default. */
  readonly projects?: readonly ProjectSeed[];
  /** The addresses of service accounts that exist already in these projects; none by default. */
  readonly accounts?: readonly string[];
  /** By which poll a long-running operation is done; 0 by default, for at once. */
  readonly operationPolls?: number;
}

/**
 * The paths of the services by the provider's names for them: the argument of `gcp.Provider` is the name with
 * `CustomEndpoint`. Each version is the one that the provider's own default has.
 */
const PATHS = {
  kms: "cloudkms/v1/",
  containerAnalysis: "containeranalysis/v1beta1/",
  binaryAuthorization: "binaryauthorization/v1/",
  serviceUsage: "serviceusage/v1beta1/",
  resourceManager: "cloudresourcemanager/v1/",
} as const;

/** A running control plane. */
export interface Google {
  /** `http://127.0.0.1:PORT`; also an HTTP proxy that refuses every request at once. */
  readonly url: string;
  /** The base address of each service, with its version and a slash at its end. */
  readonly endpoints: Readonly<Record<keyof typeof PATHS, string>>;
  /** Every request so far, in the order of the answers. */
  readonly requests: readonly Recorded[];
  /** The addresses requested through this server as a proxy, all denied. */
  readonly turnedAway: readonly string[];
  /** A resource as it is stored, by its service's name and its own; undefined when there is none. */
  find(service: string, name: string): JsonObject | undefined;
  /** The resources of a collection such as `projects/p/occurrences`, as they are stored. */
  list(service: string, collection: string): JsonObject[];
  /** Refuses the next calls of a method, by its id: by default one, with PERMISSION_DENIED. */
  refuse(method: string, times?: number, status?: Status): void;
  /** Flips a bit of the next signature: by default with a checksum to match, so that only verifying it shows. */
  spoilSignature(spoiling?: Spoiling): void;
  /** Stops the server and closes its connections. */
  readonly stop: () => Promise<void>;
}

/** Starts a control plane on a free port of 127.0.0.1. @throws Error when the directory holds no documents */
export async function startGoogle(options: GoogleOptions): Promise<Google> {
  const cloud = new Cloud(new Discovery(options.discoveryDir), options.operationPolls ?? 0);
  for (const project of options.projects ?? []) cloud.addProject(project);
  for (const account of options.accounts ?? []) addAccount(cloud, account);
  const kms = new Kms();
  const handlers = {
    ...kms.handlers,
    ...containerAnalysis,
    ...binaryAuthorization,
    ...serviceUsage,
    ...resourceManager,
  };
  const frontEnd = new FrontEnd(cloud, handlers);
  const { url, turnedAway, stop } = await listen(frontEnd);
  return {
    url,
    endpoints: endpointsAt(url),
    requests: frontEnd.requests,
    turnedAway,
    find: (service, name) => cloud.store.find(service, cloud.canonical(name)),
    list: (service, collection) => cloud.store.list(service, cloud.canonical(collection)),
    refuse: (method, times = 1, status = "PERMISSION_DENIED") => {
      frontEnd.refuse(method, times, status);
    },
    spoilSignature: (spoiling = "signature") => {
      kms.spoilNext(spoiling);
    },
    stop,
  };
}

function endpointsAt(url: string): Google["endpoints"] {
  const entries = Object.entries(PATHS).map(([name, path]) => [name, `${url}/${path}`]);
  return Object.fromEntries(entries) as Google["endpoints"];
}
