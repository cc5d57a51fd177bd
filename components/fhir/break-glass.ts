import * as pulumi from "@pulumi/pulumi";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { after } from "../after.ts";
import {
  type AccessMode,
  breakGlassIssues,
  type BreakGlassRequest,
  breakGlassModeFile,
  debugModeIssue,
  isoSeconds,
  OPEN_DEBUG_MODE,
  type Protection,
  smartModeFile,
} from "./access-mode.ts";
import { ACCESS_KEY, accessConfigMap } from "./endpoint-settings.ts";

export interface BreakGlassArgs extends Protection {
  /** The server whose endpoint it controls: a FhirServer. */
  server: { readonly name: pulumi.Input<string>; readonly namespace: pulumi.Input<string> };
  /** Whether SMART protects the endpoint's routes, or they are open. */
  accessMode: AccessMode;
  /** The endpoint's own DebugMode, 0 to 6, which `smart` sets and which an expiry goes back to. Defaults to 0. */
  debugMode?: number | undefined;
  /** Who opens the endpoint, why and until when; required by `breakGlass`, of no effect with `smart`. */
  breakGlass?: BreakGlassRequest | undefined;
  /** Outputs of deny-all and of the policies: the endpoint opens only once they are applied. Defaults to none. */
  standing?: readonly pulumi.Input<unknown>[] | undefined;
  /** The current time, which the expiry is compared with. */
  now: Date;
}

/**
 * The access mode of a FHIR endpoint as a declared state. The server mounts it from a ConfigMap: a
 * script in the server's container applies it, and closes the endpoint by itself at the expiry. So a change
 * of mode needs no permission to exec into pods, no exception from deny-all, no restart of the server and no identity
 * provider.
 *
 * Give its provider `enableConfigMapMutable: true`, or the provider replaces the ConfigMap
 * instead of updating it.
 *
 * Source: the Star Wars story's DebugMode 7; scripts/endpoint-settings.sh.
 *
 * @throws ResourceError when the endpoint may not be opened, with every reason why; and for an invalid
 *   DebugMode.
 */
export class BreakGlass extends pulumi.ComponentResource {
  /** The declared mode. */
  declare readonly accessMode: pulumi.Output<AccessMode>;
  /** The declared IRIS DebugMode. */
  declare readonly debugMode: pulumi.Output<number>;
  /** When the endpoint closes by itself, in UTC and whole seconds; undefined with `smart`. */
  declare readonly until: pulumi.Output<string | undefined>;
  /** Name of the ConfigMap that declares the mode, once it is applied. */
  declare readonly configMap: pulumi.Output<string>;

  constructor(name: string, args: BreakGlassArgs, opts: pulumi.ComponentResourceOptions) {
    const { server, debugMode = 0, standing = [] } = args;
    super("attested-fhir:fhir:BreakGlass", name, inputsOf(args), opts);
    const ownFault = debugModeIssue(debugMode);
    if (ownFault !== undefined) throw new pulumi.ResourceError(ownFault, this);
    const opening = args.accessMode === "breakGlass" ? this.opening(args, debugMode) : undefined;

    const declared = new ConfigMap(
      `${name}-access`,
      {
        metadata: {
          // The endpoint is opened only once all policies that protect it are applied, and closed at once.
          namespace: opening ? after(server.namespace, standing) : server.namespace,
          name: pulumi.output(server.name).apply(accessConfigMap),
          labels: { "app.kubernetes.io/name": server.name },
        },
        data: opening?.data ?? { [ACCESS_KEY]: smartModeFile(debugMode) },
      },
      { parent: this },
    );
    this.accessMode = pulumi.output(args.accessMode);
    this.debugMode = pulumi.output(opening ? OPEN_DEBUG_MODE : debugMode);
    this.until = pulumi.output(opening?.until);
    this.configMap = declared.metadata.name;
    this.registerOutputs({
      accessMode: this.accessMode,
      debugMode: this.debugMode,
      until: this.until,
      configMap: this.configMap,
    });
  }

  private opening({ breakGlass, now, ...protection }: BreakGlassArgs, debugMode: number) {
    const faults = breakGlassIssues(breakGlass, protection, now);
    if (faults.length > 0 || breakGlass === undefined) {
      throw new pulumi.ResourceError(`breakGlass is refused: ${faults.join("; ")}`, this);
    }
    const { owner, reason, expiry } = breakGlass;
    const until = isoSeconds(new Date(expiry));
    return { until, data: { [ACCESS_KEY]: breakGlassModeFile(until, debugMode), owner, reason } };
  }
}

/** The component's inputs for guardrails. Without the current time, or every preview would show a change. */
function inputsOf({ accessMode, debugMode = 0, breakGlass, server, ...rest }: BreakGlassArgs) {
  const { denyAllStands, serverOpenWithoutHttpRules } = rest;
  return {
    accessMode,
    debugMode,
    breakGlass,
    denyAllStands,
    serverOpenWithoutHttpRules,
    server: { name: server.name, namespace: server.namespace },
  };
}
