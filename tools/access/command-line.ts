import { parseArgs } from "node:util";
import { type Version, VERSIONS } from "../../access/options.ts";
import { versionOf } from "../../access/settings.ts";
import { messageOf, Problem } from "../../preview/problem.ts";

/** What the user asks of `npm run access`. */
export interface CommandLine {
  /** Files and directories; `-` is what comes in. */
  readonly files: readonly string[];
  readonly batch?: string;
  readonly ask?: string;
  readonly json: boolean;
  readonly namespace: string;
  readonly version: Version;
}

export const USAGE = `npm run access -- [options] FILES…

Says who may send which request to whom, by Cilium's policies. FILES are manifests, in YAML or JSON, or
directories of them; "-" reads them from standard input:
  kubectl get cnp,ccnp,networkpolicies,pods,services,namespaces -A -o json | npm run access -- -

  --ask "CLIENT METHOD PATH on SERVER"   explains one request; SERVER may be a service, and SERVER:PORT
  --json                                 answers in JSON
  --namespace NAME                       where objects go that name no namespace; default without it
  --cilium VERSION                       ${VERSIONS.join(" or ")}; ${VERSIONS[0]} without it
  --batch FILE                           answers a file of questions
  --help                                 shows this

Exit code 0: answered. 2: the question or a file is wrong.
`;

/**
 * Reads the command line.
 *
 * @returns undefined when the user asks for help
 * @throws Problem when it is not of the form above.
 */
export function readCommandLine(args: readonly string[]): CommandLine | undefined {
  const { values, positionals: files } = parse(args);
  if (values.help) return undefined;
  const version = versionOf(values.cilium);
  if (version === undefined) {
    throw new Problem(`--cilium ${values.cilium}: only ${VERSIONS.join(" and ")} are known`);
  }
  if (files.length === 0 && values.batch === undefined) {
    throw new Problem(`Which files? Name manifests, or "-" for standard input.\n\n${USAGE}`);
  }
  return {
    files,
    ...(values.batch !== undefined && { batch: values.batch }),
    ...(values.ask !== undefined && { ask: values.ask }),
    json: values.json,
    namespace: values.namespace,
    version,
  };
}

function parse(args: readonly string[]) {
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        batch: { type: "string" },
        ask: { type: "string" },
        json: flag,
        namespace: { type: "string", short: "n", default: "default" },
        cilium: { type: "string", default: VERSIONS[0] },
        help: { ...flag, short: "h" },
      },
    });
  } catch (error) {
    throw new Problem(`${messageOf(error)}\n\n${USAGE}`);
  }
}
