/** The public API: the policy pack's configuration, as the pack and the preview read it. */

export { exempts, tooBroad } from "./image-allow-list.ts";
export { configurationSchema } from "./configuration-schema.ts";
export {
  ALL,
  type Configurable,
  type Configuration,
  configurationOf,
  type EnforcementLevel,
  LEVELS,
  listed,
  type LoweredLevel,
  loweredTexts,
  type Parameters,
  type PolicySettings,
  UNCONFIGURED,
} from "./configuration.ts";
export {
  attestorFault,
  keyFault,
  noteFault,
  readTrust,
  signerFault,
  type Trust,
  TRUST_PROPERTIES,
  unattestedFault,
} from "./trusted-signers.ts";
export { type TrustedDeclaration, trustedDeclarations } from "./trusted-declarations.ts";
