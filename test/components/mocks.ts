import * as pulumi from "@pulumi/pulumi";
import { Provider } from "@pulumi/gcp/provider.js";

/** Pulumi's mocks, and what a component declares against them. */

/** The inputs of a resource, as the engine would get them. */
export type Inputs = Readonly<Record<string, unknown>>;

/** One resource that was declared. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  /** Name of the provider; undefined for components and providers. */
  readonly provider?: string;
  /** Id of the resource that is imported. */
  readonly importId?: string;
  /** Whether Pulumi refuses to delete it. */
  readonly protect: boolean;
  /** Whether it outlives the stack. */
  readonly retainOnDelete: boolean;
}

/** What a program declared. */
export interface Declared<T> {
  /** What the program returned: the component. */
  readonly result: T;
  /** All resources, including components and providers, in no particular order. */
  readonly all: readonly Registration[];
  /** Inputs of the resources that are neither component nor provider, by `TYPE NAME`. */
  readonly inputs: Readonly<Record<string, Inputs>>;
  /** One resource by its name, and by its type where two have the name. */
  readonly resource: (name: string, type?: string) => Registration;
}

/** Outputs that Google Cloud or Kubernetes would add to the inputs. */
type Answer = (inputs: Record<string, string>) => { readonly id?: string; readonly outputs?: Inputs };

const ANSWERS: Readonly<Record<string, Answer>> = {
  "gcp:organizations/project:Project": () => ({ outputs: { number: "100000000001" } }),
  "gcp:projects/serviceIdentity:ServiceIdentity": ({ project, service }) => ({
    outputs: { email: `service-of-${String(project)}@${String(service)}` },
  }),
  "gcp:kms/keyRing:KeyRing": ({ project, location, name }) => ({
    id: `projects/${String(project)}/locations/${String(location)}/keyRings/${String(name)}`,
  }),
  "gcp:kms/cryptoKey:CryptoKey": ({ keyRing, name }) => ({
    id: `${String(keyRing)}/cryptoKeys/${String(name)}`,
  }),
  "gcp:serviceaccount/account:Account": ({ project, accountId }) => {
    const email = `${String(accountId)}@${String(project)}.iam.gserviceaccount.com`;
    return { outputs: { email, name: `projects/${String(project)}/serviceAccounts/${email}` } };
  },
  "gcp:container/cluster:Cluster": () => ({
    outputs: { controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: "cluster.gke.goog" } } },
  }),
  "gcp:healthcare/dataset:Dataset": ({ project, location, name }) => ({
    id: `projects/${String(project)}/locations/${String(location)}/datasets/${String(name)}`,
  }),
  "gcp:healthcare/hl7Store:Hl7Store": ({ dataset, name }) => ({
    id: `${String(dataset)}/hl7V2Stores/${String(name)}`,
  }),
  "kubernetes:core/v1:Service": () => ({
    outputs: { status: { loadBalancer: { ingress: [{ ip: "10.10.0.9" }] } } },
  }),
  "kubernetes:apps/v1:Deployment": () => ({ outputs: { status: { readyReplicas: 1 } } }),
  "pulumi-nodejs:dynamic/kms:PublicKey": () => ({ outputs: { pem: "PEM" } }),
  "pulumi-nodejs:dynamic/kms:Signature": () => ({ outputs: { signature: "U0lHTkFUVVJF" } }),
};

/** Options for a component: its resources use the provider `given`. */
export interface Options {
  readonly provider: Provider;
  readonly transformations: pulumi.ResourceTransformation[];
}

/** How a program is run. */
interface Run {
  /** The type of the resources whose outputs stay unknown, as in a preview before they exist. */
  readonly unknown?: string;
}

/**
 * Runs a program against mocks until everything that it declares is registered.
 *
 * @param program declares a component with the options given
 */
export async function declared<T>(
  program: (opts: Options) => T,
  { unknown }: Run = {},
): Promise<Declared<T>> {
  const registered = new Map<string, Registration>();
  const declarations = new Map<string, pulumi.ResourceTransformationArgs>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, provider, id }) => {
        const opts = declarations.get(`${type} ${name}`)?.opts as pulumi.CustomResourceOptions | undefined;
        registered.set(`${type} ${name}`, {
          type,
          name,
          inputs: inputs as Inputs,
          ...(provider && { provider: provider.split("::").at(-2) ?? "" }),
          ...(id && { importId: id }),
          protect: opts?.protect ?? false,
          retainOnDelete: opts?.retainOnDelete ?? false,
        });
        if (type === unknown) return { id: undefined, state: {} };
        const answer = ANSWERS[type]?.(inputs as Record<string, string>);
        return {
          id: answer?.id ?? `id-of-${name}`,
          state: { ...(inputs as Inputs), ...answer?.outputs },
        };
      },
      call: ({ token }) => {
        throw new Error(`nothing here calls ${token}: a preview would need credentials`);
      },
    },
    "attested-fhir",
    "test",
    true,
  );
  const watch: pulumi.ResourceTransformation = (declaration) => {
    const key = `${declaration.type} ${declaration.name}`;
    if (declarations.has(key)) throw new Error(`${key} is declared twice`);
    declarations.set(key, declaration);
    return undefined;
  };
  const result = await drained(() =>
    program({ provider: new Provider("given", {}), transformations: [watch] }),
  );
  return { result, ...views([...registered.values()]) };
}

/**
 * Runs a program and waits for all its registrations, also for those before an error. Pulumi writes a stack
 * trace for every promise, which would take four fifths of the time.
 */
async function drained<T>(program: () => T): Promise<T> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return program();
  } finally {
    await pulumi.runtime.disconnect();
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function views(all: readonly Registration[]): Omit<Declared<unknown>, "result"> {
  const isOwn = ({ type }: Registration) => !/^(?:attested-fhir|pulumi:providers):/.test(type);
  return {
    all,
    inputs: Object.fromEntries(
      all.filter(isOwn).map(({ type, name, inputs }) => [`${type} ${name}`, inputs]),
    ),
    resource: (name, type) => {
      const [found, another] = all.filter((one) => one.name === name && (type ?? one.type) === one.type);
      if (found === undefined || another !== undefined) {
        throw new Error(
          `${name}: ${found ? "several" : "no"} resources, in ${all.map((one) => one.name).join(", ")}`,
        );
      }
      return found;
    },
  };
}

/**
 * The names of the resources that wait for those of a type: their inputs are not known before its outputs are.
 * Resources of the type itself are left out.
 */
export async function waitingFor(type: string, program: (opts: Options) => unknown): Promise<string[]> {
  const whole = await declared(program);
  const held = await declared(program, { unknown: type });
  return Object.entries(whole.inputs)
    .filter(([key]) => !key.startsWith(`${type} `))
    .filter(([key, inputs]) => JSON.stringify(held.inputs[key]) !== JSON.stringify(inputs))
    .map(([key]) => key.split(" ")[1] ?? "")
    .sort();
}

/** A resource with one input: it waits exactly for what that value waits for. */
export class Probe extends pulumi.CustomResource {
  constructor(name: string, value: pulumi.Input<unknown>, { transformations }: Options) {
    super("test:index:Probe", name, { value }, { transformations });
  }
}

/** The value of an output, once it is known. */
export function known<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
