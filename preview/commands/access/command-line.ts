import { parseArgs } from "node:util";
import { nearestRelease, type Options, releaseOptions, VERSIONS } from "@attested-fhir/cilium-access";
import { thrownMessage, UserError } from "../../user-error.ts";

/** The options of `npm run access`. */
export interface AccessCommandLine {
  /** Files and directories; `-` is standard input. */
  readonly files: readonly string[];
  /** A stack of this repository, instead of files. */
  readonly stack?: string;
  /** A step of the story. */
  readonly step?: string;
  readonly batch?: string;
  readonly ask?: string;
  readonly json: boolean;
  readonly namespace: string;
  /** The release of Cilium to evaluate policies as. */
  readonly release: Pick<Options, "version" | "firstPatch">;
  /** A note that another release is used than the one that --cilium names. */
  readonly nearest?: string;
}

export const ACCESS_USAGE = `npm run access -- [options] FILES…
npm run access -- [options] --stack NAME

Shows which client may send which request to which server under Cilium's policies. FILES are manifests in
YAML or JSON, or directories of manifests; "-" reads standard input:
  kubectl get cnp,ccnp,networkpolicies,pods,services,namespaces -A -o json | npm run access -- -

  --stack NAME                           the planned policies and pods of a stack of this repository
  --step NAME                            the stack at a step of stacks/story.yaml
  --ask "CLIENT METHOD PATH on SERVER"   explains one request; SERVER may be a service, and SERVER:PORT
  --json                                 prints JSON
  --namespace NAME                       namespace of objects that name none; defaults to "default"
  --cilium VERSION                       1.16.0, 1.16.19 or 1.20.2; defaults to 1.16.19, as does 1.16
  --batch FILE                           answers a file of queries; "-" is standard input
  --help                                 shows this help

Exit code 0: answered. 2: the query or a file is invalid.
`;

/**
 * Reads the command line.
 *
 * @returns undefined for --help
 * @throws UserError if the command line does not match ACCESS_USAGE.
 */
export function readAccessCommandLine(args: readonly string[]): AccessCommandLine | undefined {
  const { values, positionals: files } = parse(args);
  if (values.help) return undefined;
  const release = releaseOptions(values.cilium);
  const nearest = nearestRelease(values.cilium);
  if (release === undefined) {
    throw new UserError(`--cilium ${values.cilium}: supported releases are ${VERSIONS.join(" and ")}`);
  }
  if (!NAMESPACE.test(values.namespace)) {
    throw new UserError(
      `--namespace "${values.namespace}": a namespace is at most 63 lowercase letters, digits and "-"`,
    );
  }
  checkBatch(values, files);
  if (files.length === 0 && values.batch === undefined && values.stack === undefined) {
    throw new UserError(
      `No input: pass manifests, "-" for standard input, or --stack NAME.\n\n${ACCESS_USAGE}`,
    );
  }
  if (values.stack !== undefined && files.length > 0) {
    throw new UserError(`--stack ${values.stack} and files exclude each other: leave out one of them.`);
  }
  if (values.step !== undefined && values.stack === undefined) {
    throw new UserError(`--step ${values.step} requires --stack NAME.`);
  }
  return {
    files,
    ...(values.stack !== undefined && { stack: values.stack }),
    ...(values.step !== undefined && { step: values.step }),
    ...(values.batch !== undefined && { batch: values.batch }),
    ...(values.ask !== undefined && { ask: values.ask }),
    json: values.json,
    namespace: values.namespace,
    release,
    ...(nearest !== undefined && { nearest }),
  };
}

/** An RFC 1123 label. */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A batch contains the policies, the endpoints and the queries, so it excludes files and other queries. */
function checkBatch(
  { batch, ...others }: ReturnType<typeof parse>["values"],
  files: readonly string[],
): void {
  if (batch === undefined) return;
  const [other] = [
    ...files,
    ...(["stack", "ask"] as const).filter((key) => others[key] !== undefined).map((key) => `--${key}`),
  ];
  if (other !== undefined) {
    throw new UserError(`--batch ${batch} contains all input: leave out ${other}`);
  }
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        stack: { type: "string", short: "s" },
        step: { type: "string" },
        batch: { type: "string" },
        ask: { type: "string" },
        json: flag,
        namespace: { type: "string", short: "n", default: "default" },
        cilium: { type: "string", default: VERSIONS[0] },
        help: { ...flag, short: "h" },
      },
    });
  } catch (error) {
    throw new UserError(`${thrownMessage(error)}\n\n${ACCESS_USAGE}`);
  }
}
