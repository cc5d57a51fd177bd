/**
 * The region of a location of Google Cloud. A zone's name is its region's, a hyphen and a letter.
 *
 * @param location a region or a zone, `europe-west4` or `europe-west4-a`
 * @returns the region, `europe-west4`
 */
export function locationRegion(location: string): string {
  return location.replace(/-[a-z]$/, "");
}
