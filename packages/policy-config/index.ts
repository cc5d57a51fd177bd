/** The public API: the policy pack's configuration, as the pack and the preview read it. */

export { exempts, tooBroad } from "./image-allow-list.ts";
export { configurationSchema } from "./configuration-schema.ts";
export {
  ALL,
  type Configuration,
  configurationOf,
  type LoweredLevel,
  loweredTexts,
  UNCONFIGURED,
} from "./configuration.ts";
export { attestorFault, keyFault, noteFault, signerFault, unattestedFault } from "./trusted-signers.ts";
export { readTrust, type Trust, TRUST_PROPERTIES } from "./trust-schema.ts";
export { type Configurable, hasFixedLevel, type Parameters } from "./configurable.ts";
export { exemptedPrefix, EXEMPTIONS_PROPERTIES, type Exemption, exemptionsFaults } from "./exemptions.ts";
export { type EnforcementLevel, type PolicySettings, readSettings } from "./settings.ts";
export { type Selection, SELECTION_PROPERTIES, selectionFaults, selectionText } from "./selection.ts";
export { listed } from "./listed.ts";
export { grantText } from "./grant-text.ts";
export { type TrustedDeclaration, trustedDeclarations, trustedText } from "./trusted-declarations.ts";
