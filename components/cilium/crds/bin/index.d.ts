export { ProviderArgs } from "./provider";
export type Provider = import("./provider").Provider;
export declare const Provider: typeof import("./provider").Provider;
import * as cilium from "./cilium";
import * as types from "./types";
export { cilium, types, };
