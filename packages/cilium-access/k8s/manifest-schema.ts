import { z } from "zod";
import { parsePrefix } from "../identity/cidr.ts";
import type { KubernetesObject } from "./cluster-objects.ts";
import { dottedPath, withoutNulls } from "../api/policy-document.ts";
import { stringMap } from "../string-map.ts";

/**
 * The form of the objects that decide about requests, as far as they are read: what Kubernetes would not take is not
 * read as something else. Policies of Cilium have a form of their own, by which Cilium refuses them.
 *
 * Source: the Go types in k8s.io/api/core/v1, apps/v1, batch/v1 and networking/v1.
 */

const labels = stringMap.optional();
const port = z.int().min(1).max(65_535);
/** A number, or a name. */
const intOrName = z.union([port, z.string()], { error: "Invalid input: expected a port's number or name" });

const block = z.string().refine((text) => parsePrefix(text) !== undefined, {
  error: "Invalid input: expected a block of addresses, ADDRESS/LENGTH",
});

const metadata = z.looseObject({
  name: z.string().optional(),
  generateName: z.string().optional(),
  namespace: z.string().optional(),
  labels,
  ownerReferences: z.array(z.looseObject({})).optional(),
});

const containerPort = z.looseObject({
  name: z.string().optional(),
  containerPort: port,
  protocol: z.string().optional(),
});
const podSpec = z
  .looseObject({
    serviceAccountName: z.string().optional(),
    hostNetwork: z.boolean().optional(),
    containers: z.array(z.looseObject({ ports: z.array(containerPort).optional() })).optional(),
  })
  .optional();
const template = z.looseObject({ metadata: metadata.optional(), spec: podSpec }).optional();

const controller = z.looseObject({
  replicas: z.int().min(0).optional(),
  template,
});
const jobTemplate = z.looseObject({ spec: controller.optional() }).optional();

const selector = z.looseObject({
  matchLabels: labels,
  matchExpressions: z
    .array(z.looseObject({ key: z.string(), operator: z.string(), values: z.array(z.string()).optional() }))
    .optional(),
});
const peers = z
  .array(
    z.looseObject({
      podSelector: selector.optional(),
      namespaceSelector: selector.optional(),
      ipBlock: z.looseObject({ cidr: z.string(), except: z.array(z.string()).optional() }).optional(),
    }),
  )
  .optional();
const ports = z
  .array(
    z.looseObject({
      port: intOrName.optional(),
      endPort: port.optional(),
      protocol: z.string().optional(),
    }),
  )
  .optional();

const networkPolicy = z.looseObject({
  podSelector: selector.optional(),
  policyTypes: z.array(z.string()).optional(),
  ingress: z.array(z.looseObject({ from: peers, ports })).optional(),
  egress: z.array(z.looseObject({ to: peers, ports })).optional(),
});

const service = z.looseObject({
  selector: labels,
  ports: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        protocol: z.string().optional(),
        port,
        targetPort: z.union([z.int().min(0).max(65_535), z.string()]).optional(),
      }),
    )
    .optional(),
});

const SPECS: Readonly<Record<string, z.ZodType>> = {
  Deployment: controller,
  StatefulSet: controller,
  DaemonSet: controller,
  ReplicaSet: controller,
  ReplicationController: controller,
  Job: controller,
  CronJob: z.looseObject({ jobTemplate }),
  Pod: podSpec,
  Service: service,
  NetworkPolicy: networkPolicy,
  CiliumCIDRGroup: z.looseObject({ externalCIDRs: z.array(block).optional() }),
};

const schemas = new Map(
  Object.entries(SPECS).map(([kind, spec]) => [
    kind,
    z.looseObject({ metadata: metadata.optional(), spec: spec.optional() }),
  ]),
);
const others = z.looseObject({ metadata: metadata.optional() });

/**
 * What is wrong with the form of an object that decides about requests. A key without a value is as good as none.
 *
 * @returns in words, with the path to it: `spec.template.spec.hostNetwork: Invalid input: expected boolean, received
 * string`; undefined when nothing is
 */
export function manifestError(object: KubernetesObject): string | undefined {
  const schema = schemas.get(object.kind ?? "") ?? (object.kind === "Namespace" ? others : undefined);
  const result = schema?.safeParse(withoutNulls(object));
  const [issue] = result?.error?.issues ?? [];
  return issue && `${dottedPath(issue.path)}: ${issue.message}`;
}
