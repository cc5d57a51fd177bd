import { homedir } from "node:os";
import * as pulumi from "@pulumi/pulumi";
import { Namespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { requireCluster } from "../../../components/kubernetes/cluster-preflight.ts";
import { findCluster, kubeconfigFiles } from "../../../components/kubernetes/kubeconfig.ts";

/** A namespace in the cluster of the context that the stack names, which has to have Cilium. */

const context = new pulumi.Config().require("context");
const finding = findCluster(kubeconfigFiles(process.env.KUBECONFIG, homedir()), context);
await requireCluster(finding, `attested-fhir:context = "${context}"`, { cilium: true });

const provider = new Provider("cluster", { context, enableServerSideApply: true, deleteUnreachable: false });
new Namespace("namespace", { metadata: { name: "galactic-fhir" } }, { provider });
