import * as pulumi from "@pulumi/pulumi";
import { StorageClass } from "@pulumi/kubernetes/storage/v1/storageClass.js";

export interface EncryptedStorageArgs {
  /** Name of the storage class. */
  className: pulumi.Input<string>;
  /**
   * Key that encrypts the disks, `projects/…/cryptoKeys/…`, in the cluster's region; the project's Compute Engine agent
   * may use it.
   */
  kmsKeyName: pulumi.Input<string>;
}

/**
 * Volumes on Google's disks that a customer-managed key encrypts. A disk outlives its claim, so that
 * deleting a claim by accident loses no record.
 *
 * Source: GKE documentation, "Use customer-managed encryption keys"; Kubernetes API storage.k8s.io/v1.
 */
export class EncryptedStorage extends pulumi.ComponentResource {
  /** Name of the storage class, once it is there. */
  declare readonly className: pulumi.Output<string>;

  constructor(name: string, args: EncryptedStorageArgs, opts: pulumi.ComponentResourceOptions) {
    super("attested-fhir:gcp:EncryptedStorage", name, args, opts);
    const storage = new StorageClass(
      `${name}-class`,
      {
        metadata: { name: args.className },
        provisioner: "pd.csi.storage.gke.io",
        parameters: { type: "pd-balanced", "disk-encryption-kms-key": args.kmsKeyName },
        reclaimPolicy: "Retain",
        // A disk is zonal, and its zone must be that of the node that the pod runs on.
        volumeBindingMode: "WaitForFirstConsumer",
        allowVolumeExpansion: true,
      },
      { parent: this },
    );
    this.className = storage.metadata.name;
    this.registerOutputs({ className: this.className });
  }
}
