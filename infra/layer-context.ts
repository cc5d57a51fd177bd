import type * as pulumi from "@pulumi/pulumi";
import type { KubeconfigCluster } from "../components/kubernetes/kubeconfig.ts";
import type { StackConfig } from "./config/stack-config.ts";
import type { GoogleProviders } from "./providers.ts";
import type { Projects } from "./projects.ts";

/** What every layer needs. */
export interface LayerContext<Config extends StackConfig = StackConfig> {
  readonly config: Config;
  readonly project: Projects;
  readonly identity: GoogleProviders;
  /** The root component. */
  readonly parent: pulumi.Resource;
  /** The cluster that the stack names by its context; absent where it names none, and where no kubeconfig exists. */
  readonly cluster?: KubeconfigCluster | undefined;
  /** The time that the stack was validated at. */
  readonly now: Date;
}
