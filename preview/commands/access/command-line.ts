import { parseArgs } from "node:util";
import { nearestRelease, type Options, releaseOptions, VERSIONS } from "@attested-fhir/cilium-access";
import { thrownMessage, UserError } from "../../user-error.ts";

/** What the user asks of `npm run access`. */
export interface AccessCommandLine {
  /** Files and directories; `-` is what comes in. */
  readonly files: readonly string[];
  /** A stack of this repository, in the place of files. */
  readonly stack?: string;
  /** A step of its story. */
  readonly step?: string;
  readonly batch?: string;
  readonly ask?: string;
  readonly json: boolean;
  readonly namespace: string;
  /** The release of Cilium that answers. */
  readonly release: Pick<Options, "version" | "firstPatch">;
  /** Which release answers in the place of the one that was named. */
  readonly nearest?: string;
}

export const ACCESS_USAGE = `npm run access -- [options] FILES…
npm run access -- [options] --stack NAME

Says who may send which request to whom, by Cilium's policies. FILES are manifests, in YAML or JSON, or
directories of them; "-" reads them from standard input:
  kubectl get cnp,ccnp,networkpolicies,pods,services,namespaces -A -o json | npm run access -- -

  --stack NAME                           the policies that a stack of this repository would have, and its pods
  --step NAME                            the stack at a step of stacks/story.yaml
  --ask "CLIENT METHOD PATH on SERVER"   explains one request; SERVER may be a service, and SERVER:PORT
  --json                                 answers in JSON
  --namespace NAME                       where objects go that name no namespace; default without it
  --cilium VERSION                       1.16.0, 1.16.19 or 1.20.2; 1.16.19 without it, and for 1.16
  --batch FILE                           answers a file of questions; "-" is standard input
  --help                                 shows this

Exit code 0: answered. 2: the question or a file is wrong.
`;

/**
 * Reads the command line.
 *
 * @returns undefined when the user asks for help
 * @throws UserError when it is not of the form above.
 */
export function readAccessCommandLine(args: readonly string[]): AccessCommandLine | undefined {
  const { values, positionals: files } = parse(args);
  if (values.help) return undefined;
  const release = releaseOptions(values.cilium);
  const nearest = nearestRelease(values.cilium);
  if (release === undefined) {
    throw new UserError(`--cilium ${values.cilium}: only ${VERSIONS.join(" and ")} are known`);
  }
  if (!NAMESPACE.test(values.namespace)) {
    throw new UserError(
      `--namespace "${values.namespace}": a namespace has a name of lower-case letters, digits and "-"`,
    );
  }
  checkBatch(values, files);
  if (files.length === 0 && values.batch === undefined && values.stack === undefined) {
    throw new UserError(
      `Which files? Name manifests, "-" for standard input, or a --stack.\n\n${ACCESS_USAGE}`,
    );
  }
  if (values.stack !== undefined && files.length > 0) {
    throw new UserError(`--stack ${values.stack}: it stands in the place of files, not beside them.`);
  }
  if (values.step !== undefined && values.stack === undefined) {
    throw new UserError(`--step ${values.step}: of which stack? Say it with --stack NAME.`);
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

/** RFC 1123, a label. */
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A batch holds all that is asked, and its answer is JSON. */
function checkBatch(
  { batch, ...others }: ReturnType<typeof parse>["values"],
  files: readonly string[],
): void {
  if (batch === undefined) return;
  const [beside] = [
    ...files,
    ...(["stack", "ask"] as const).filter((key) => others[key] !== undefined).map((key) => `--${key}`),
  ];
  if (beside !== undefined) {
    throw new UserError(`--batch ${batch}: it holds all that is asked; leave out ${beside}`);
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
