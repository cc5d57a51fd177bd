import { UNKNOWN_WIRE_VALUE } from "../../../preview/embedded/property-wire.ts";

/** A place in the inputs of a resource where the two modes do not show the same. */
export interface Difference {
  readonly urn: string;
  readonly type: string;
  /** `nodeConfig.serviceAccount` */
  readonly path: string;
  /** What the engine shows, after the provider's check; undefined where there is nothing. */
  readonly engine: unknown;
  /** What embedded mode shows: what the program gives. */
  readonly embedded: unknown;
  /** Whether the provider records, next to the value, that it is a default. */
  readonly isDefault: boolean;
  /** Types of the resources that the input is made from. */
  readonly madeFrom: ReadonlySet<string>;
}

/** A kind of difference that is meant. */
export interface Exception {
  /** Why it is so, in a sentence. */
  readonly because: string;
  readonly covers: (difference: Difference) => boolean;
}

/**
 * Everything in which embedded mode differs from the engine's first preview by design. Whatever is not covered here is a
 * fault, and what is covered by nothing any more has to go.
 */
export const BY_DESIGN: readonly Exception[] = [
  {
    because: "Providers made from Terraform's note in __defaults which values they filled in.",
    covers: ({ path }) => /(?:^|\.)__defaults$/.test(path),
  },
  {
    because: "Providers fill in what the program leaves to them, names among it; only they know with what.",
    covers: ({ isDefault, embedded }) => isDefault && embedded === undefined,
  },
  {
    because: "Google Cloud's provider composes the e-mail of a service account before there is one.",
    covers: ({ madeFrom, embedded }) =>
      embedded === UNKNOWN_WIRE_VALUE && madeFrom.has("gcp:serviceaccount/account:Account"),
  },
  {
    because:
      "The provider of Kubernetes writes out every argument of a Helm release, and drops its own `compat`.",
    covers: ({ type, path, engine, embedded }) =>
      type === "kubernetes:helm.sh/v3:Release" &&
      (path === "compat" || (embedded === undefined && (engine === false || engine === ""))),
  },
  {
    because: "The provider of Kubernetes drops a switch that is off as it would be anyway.",
    covers: ({ type, path, engine, embedded }) =>
      type.startsWith("kubernetes:") &&
      /\.host(?:IPC|Network|PID)$/.test(path) &&
      engine === undefined &&
      embedded === false,
  },
  {
    because:
      "The engine hands assets and archives on with their hashes, and without the marks by which programs know them.",
    covers: ({ path, engine, embedded }) =>
      (path.endsWith(".hash") && embedded === undefined) ||
      (/\.__pulumi(?:Asset|Archive)$/.test(path) && embedded === true && engine === undefined),
  },
  {
    because: "The engine's throwaway preview names a kubeconfig that is not there, lest the user's be found.",
    covers: ({ type, path }) => type === "pulumi:providers:kubernetes" && path === "kubeconfig",
  },
];
