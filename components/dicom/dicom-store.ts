import * as pulumi from "@pulumi/pulumi";
import { Dataset } from "@pulumi/gcp/healthcare/dataset.js";
import { DicomStore as Store } from "@pulumi/gcp/healthcare/dicomStore.js";
import { DicomStoreIamMember } from "@pulumi/gcp/healthcare/dicomStoreIamMember.js";
import { after } from "../after.ts";

export interface DicomStoreArgs {
  /** The project, its APIs enabled. */
  project: pulumi.Input<string>;
  /** Region or multi-region of the dataset. */
  location: pulumi.Input<string>;
  /** The dataset's id. */
  dataset: pulumi.Input<string>;
  /** The DICOM store's id. */
  store: pulumi.Input<string>;
  /** Whether Pulumi refuses to delete or replace dataset and store. */
  protect: boolean;
  /** Key that encrypts the dataset, `projects/…/cryptoKeys/…`; Google's keys when absent. */
  kmsKeyName?: pulumi.Input<string> | undefined;
  /** The gateway, as an IAM member. */
  gateway: pulumi.Input<string>;
  /** Whether the gateway may write as well: whether any clinic may store. */
  writable: boolean;
}

/**
 * A dataset of the Cloud Healthcare API with a DICOM store, on which the gateway alone has a role: `healthcare.dicomViewer`, or
 * where a clinic may store, `healthcare.dicomEditor`. That one may delete, too; the gateway's policy allows no DELETE.
 *
 * Source: Cloud Healthcare API v1 `datasets.dicomStores`; its roles of DICOM stores.
 */
export class DicomStore extends pulumi.ComponentResource {
  /** The store, `projects/PROJECT/locations/LOCATION/datasets/DATASET/dicomStores/STORE`, once the gateway has its rights. */
  declare readonly store: pulumi.Output<string>;

  constructor(name: string, args: DicomStoreArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:dicom:DicomStore", name, args, opts);
    const { project, location, kmsKeyName, protect } = args;
    const dataset = new Dataset(
      `${name}-dataset`,
      {
        project,
        location,
        name: args.dataset,
        timeZone: "UTC",
        ...(kmsKeyName !== undefined && { encryptionSpec: { kmsKeyName } }),
      },
      { parent: this, protect },
    );
    const store = new Store(
      `${name}-store`,
      { dataset: dataset.id, name: args.store },
      { parent: this, protect },
    );
    const role = args.writable ? "roles/healthcare.dicomEditor" : "roles/healthcare.dicomViewer";
    const right = new DicomStoreIamMember(
      `${name}-gateway`,
      { dicomStoreId: store.id, role, member: args.gateway },
      { parent: this },
    );
    // By its parts, which a preview knows.
    const path = pulumi.interpolate`projects/${project}/locations/${location}/datasets/${dataset.name}/dicomStores/${store.name}`;
    this.store = after(path, [right.role]);
    this.registerOutputs({ store: this.store });
  }
}
