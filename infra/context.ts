import type * as pulumi from "@pulumi/pulumi";
import type { KnownCluster } from "../components/kubernetes/known-cluster.ts";
import type { StackConfig } from "./config/checked-config.ts";
import type { Identities } from "./identities.ts";
import type { Projects } from "./projects.ts";

/** What every layer stands on. */
export interface Context {
  readonly config: StackConfig;
  readonly project: Projects;
  readonly identity: Identities;
  /** The root component. */
  readonly parent: pulumi.Resource;
  /** The cluster that the stack names by its context; absent where it names none, and where nobody knows it. */
  readonly cluster?: KnownCluster | undefined;
  /** The present, which the stack was checked at. */
  readonly now: Date;
}
