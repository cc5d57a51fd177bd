/** Where a key ring or key that exists already is found. */
export interface ExistingResource {
  /** The id of the project that holds it; nothing is adopted when absent. */
  readonly adoptFrom?: string | undefined;
  readonly location: string;
}

/**
 * The resource option that adopts a key ring or key: a stack leaves both behind when it is destroyed, so one
 * that is built again finds them there.
 *
 * @param path the path below the location, `keyRings/RING/cryptoKeys/KEY`
 */
export function importExisting({ adoptFrom, location }: ExistingResource, path: string): { import?: string } {
  return adoptFrom === undefined ? {} : { import: `projects/${adoptFrom}/locations/${location}/${path}` };
}
