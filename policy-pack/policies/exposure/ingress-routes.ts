import {
  propertyAt,
  mapEntries,
  listItems,
  type RegisteredResources,
  type Resource,
  UNKNOWN,
  type PropertyValue,
} from "@attested-fhir/stack-model";
import { SERVICE } from "./service-exposure.ts";

/** What leads requests from outside to Services: an Ingress, or a route of the Gateway API. */

const INGRESS = /^kubernetes:(?:networking\.k8s\.io|extensions)\/\w+:Ingress(?:Patch|List)?$/;
const ROUTE = /^kubernetes:gateway\.networking\.k8s\.io\/\w+:\w+Route(?:Patch|List)?$/;

/** The annotation that keeps an Ingress of GKE within the network. */
const CLASS = "kubernetes.io/ingress.class";
const INTERNAL_CLASS = "gce-internal";

/** The Ingresses and routes that lead to a Service, or may, unless they stay within the network. */
export function routesTo(service: Resource, resources: readonly Resource[]): readonly Resource[] {
  const name = propertyAt(service.props, "metadata", "name");
  return resources.filter(
    (resource) =>
      resource.provider === service.provider &&
      (INGRESS.test(resource.type) ? !isInternal(resource) : ROUTE.test(resource.type)) &&
      backends(resource.props).some((backend) => backend === UNKNOWN || backend === name),
  );
}

/** Ingresses and routes. */
export const ROUTES = [INGRESS, ROUTE];

/** What a route may lead to, and what may lead to a Service. */
export function alongRoutes(resource: Resource, registered: RegisteredResources): readonly Resource[] {
  const leading = serviceKeys(resource).flatMap((key) => [key, ANY_SERVICE]);
  const routes = leading.flatMap((key) => registered.withKey(backendKeys, key));
  const backends = backendKeys(resource);
  const services = backends.includes(ANY_SERVICE)
    ? registered.ofTypes(SERVICE)
    : backends.flatMap((key) => registered.withKey(serviceKeys, key));
  return [...routes, ...services];
}

const ANY_SERVICE = "";

function serviceKeys({ type, provider = "", props }: Resource): readonly string[] {
  if (!SERVICE.test(type)) return [];
  const name = propertyAt(props, "metadata", "name");
  return [typeof name === "string" ? `${provider} ${name}` : ANY_SERVICE];
}

function backendKeys({ type, provider = "", props }: Resource): readonly string[] {
  if (!INGRESS.test(type) && !ROUTE.test(type)) return [];
  return backends(props).map((name) => (typeof name === "string" ? `${provider} ${name}` : ANY_SERVICE));
}

function isInternal({ props }: Resource): boolean {
  return propertyAt(props, "metadata", "annotations", CLASS) === INTERNAL_CLASS;
}

/** Where names of Services may stand, at any depth; what is unknown there may be any name. */
const LEADING = ["spec", "items", "rules", "http", "paths", "backend", "defaultBackend", "service"];
const REFERENCES = ["filters", "requestMirror", "backendRef", "backendRefs"];
const NAMED = ["service", "backendRef", "backendRefs"];

function backends(value: PropertyValue): readonly PropertyValue[] {
  return mapEntries(value).flatMap(([key, inner]): readonly PropertyValue[] => {
    if (key === "serviceName") return [inner];
    if (![...LEADING, ...REFERENCES].includes(key)) return [];
    return listItems(inner).flatMap((one): readonly PropertyValue[] => {
      if (one === UNKNOWN) return [one];
      const names: readonly PropertyValue[] = NAMED.includes(key) ? [propertyAt(one, "name")] : [];
      return [...names, ...backends(one)];
    });
  });
}
