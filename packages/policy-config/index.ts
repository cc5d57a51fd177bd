/** The public API: the policy pack's configuration, as the pack and the preview read it. */

export { exempts, tooBroad } from "./image-allow-list.ts";
export { configurationSchema } from "./configuration-schema.ts";
export {
  ALL,
  type Configurable,
  type Configuration,
  configurationOf,
  type EnforcementLevel,
  hasFixedLevel,
  LEVELS,
  type LoweredLevel,
  loweredTexts,
  type Parameters,
  type PolicySettings,
  UNCONFIGURED,
} from "./configuration.ts";
export { attestorFault, keyFault, noteFault, signerFault, unattestedFault } from "./trusted-signers.ts";
export { readTrust, type Trust, TRUST_PROPERTIES } from "./trust-schema.ts";
export { listed } from "./listed.ts";
export { grantText } from "./grant-text.ts";
export { type TrustedDeclaration, trustedDeclarations, trustedText } from "./trusted-declarations.ts";
