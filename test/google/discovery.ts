import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Google's API discovery documents: https://developers.google.com/discovery/v1/reference/apis. Only what the
 * server reads of them is typed here.
 */

/** A JSON schema as discovery documents write it. */
export interface Schema {
  readonly id?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly readOnly?: boolean;
  readonly enum?: readonly string[];
  readonly $ref?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

/** A parameter in a method's path or query. */
export interface Parameter extends Schema {
  readonly location: "path" | "query";
  readonly required?: boolean;
  readonly repeated?: boolean;
  /** The regular expression that a path parameter's value matches as a whole. */
  readonly pattern?: string;
}

/** One method of an API. */
export interface Method {
  /** `SERVICE.RESOURCE….METHOD`, for example `cloudkms.projects.locations.keyRings.create`. */
  readonly id: string;
  readonly httpMethod: string;
  /** The path below the service path, with `{parameter}` and `{+parameter}`. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, Parameter>>;
  readonly request?: { readonly $ref: string };
  readonly response?: { readonly $ref: string };
}

interface Resource {
  readonly methods?: Readonly<Record<string, Method>>;
  readonly resources?: Readonly<Record<string, Resource>>;
}

/** One version of one service. */
export interface Document extends Resource {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  /** What every path of the document begins with, for example `compute/v1/`; often empty. */
  readonly servicePath: string;
  readonly schemas: Readonly<Record<string, Schema>>;
  /** The parameters that every method takes, such as `alt`. */
  readonly parameters: Readonly<Record<string, Parameter>>;
}

/** The documents of a directory, one file `SERVICE-VERSION.json` for each; a file is read when it is first needed. */
export class Discovery {
  readonly #dir: string;
  readonly #files = new Map<string, string[]>();
  readonly #documents = new Map<string, readonly Document[]>();

  /** @throws Error when the directory cannot be read or holds no document. */
  constructor(dir: string) {
    this.#dir = dir;
    for (const file of readdirSync(dir)) {
      const service = /^([a-z0-9]+)-v[a-z0-9]+\.json$/.exec(file)?.[1];
      if (service !== undefined) this.#files.set(service, [...(this.#files.get(service) ?? []), file]);
    }
    if (this.#files.size === 0) throw new Error(`${dir} holds no discovery documents (SERVICE-VERSION.json)`);
  }

  /** The names of the services that have a document, such as `cloudkms`. */
  services(): string[] {
    return [...this.#files.keys()];
  }

  /** Every version of a service; none when it has no document. */
  documents(service: string): readonly Document[] {
    const known = this.#documents.get(service);
    if (known !== undefined) return known;
    const documents = (this.#files.get(service) ?? []).map((file) => this.#read(file));
    this.#documents.set(service, documents);
    return documents;
  }

  #read(file: string): Document {
    return JSON.parse(readFileSync(join(this.#dir, file), "utf8")) as Document;
  }
}

/** Every method of a document, at whatever depth. */
export function* methods(resource: Resource): Generator<Method> {
  yield* Object.values(resource.methods ?? {});
  for (const nested of Object.values(resource.resources ?? {})) yield* methods(nested);
}
