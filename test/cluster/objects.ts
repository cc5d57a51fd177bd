/** A condition in the status of an object. */
export interface Condition {
  readonly type: string;
  readonly status: "True" | "False" | "Unknown";
  readonly reason?: string;
  readonly message?: string;
}

/** An object as the API server gives it, whatever its kind. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>> & { readonly conditions?: readonly Condition[] };
  readonly data?: Readonly<Record<string, string>>;
}

/** A change of an object, as a watch tells it. */
export interface WatchEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly object: KubernetesObject;
}

/** Whether the status holds this condition: `holds(job, "Complete")`. */
export function holds(object: KubernetesObject, condition: string): boolean {
  return (
    object.status?.conditions?.some(({ type, status }) => type === condition && status === "True") ?? false
  );
}

const OBJECT =
  /^(?<collection>\/(?:api\/v1|apis\/[^/?]+\/[^/?]+)(?:\/namespaces\/[^/?]+)?\/[^/?]+)\/(?<name>[^/?]+)$/;

/**
 * Takes the path of one object apart.
 *
 * @throws TypeError when the path is that of a collection, of a subresource, or of something else.
 */
export function objectPath(path: string): { readonly collection: string; readonly name: string } {
  const { collection, name } = OBJECT.exec(path)?.groups ?? {};
  if (collection === undefined || name === undefined)
    throw new TypeError(`${path} is not the path of one object.`);
  return { collection, name };
}
