import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";

/** A Helm chart in the version that a component is made for. */
export interface PinnedChart {
  /** Name of the chart, `cilium`. */
  readonly chart: string;
  /** Name of the product in messages, `Cilium`. */
  readonly product: string;
  readonly version: string;
}

/**
 * Requires that the archive of a chart exists, and is named after the pinned version.
 *
 * @param archive path of the archive; where there is none, the chart comes from its repository, and all is well
 * @throws ResourceError when it does not exist, or is named after another version
 */
export function requireChartArchive(
  archive: string | undefined,
  { chart, product, version }: PinnedChart,
  resource: pulumi.Resource,
): void {
  if (archive === undefined) return;
  const name = `${chart}-${version}.tgz`;
  if (basename(archive) !== name) {
    const why = `the CRDs and images that go with it are those of ${product} ${version}`;
    throw new pulumi.ResourceError(`chart "${archive}" must be named ${name}: ${why}`, resource);
  }
  if (existsSync(archive)) return;
  throw new pulumi.ResourceError(
    `chart "${archive}" does not exist: ${resolve(archive)} was not found`,
    resource,
  );
}
