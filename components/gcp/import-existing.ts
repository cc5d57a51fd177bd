/** The location of a key ring or key that exists already. */
export interface ExistingResource {
  /** The id of its project; nothing is imported when absent. */
  readonly adoptFrom?: string | undefined;
  readonly location: string;
}

/**
 * The resource option that imports a key ring or key: a stack leaves both behind when it is destroyed, so one
 * that is created again finds them.
 *
 * @param path the path below the location, `keyRings/RING/cryptoKeys/KEY`
 */
export function importExisting({ adoptFrom, location }: ExistingResource, path: string): { import?: string } {
  return adoptFrom === undefined ? {} : { import: `projects/${adoptFrom}/locations/${location}/${path}` };
}
