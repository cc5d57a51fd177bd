/** Issuer and clinics, as the DICOMweb policy reads them: `data.dicomweb.settings` of its bundle. */

/** The issuer of tokens. */
export interface TokenIssuer {
  /** The `iss` of its tokens. */
  readonly name: string;
  /** The `aud` that tokens must name. */
  readonly audience: string;
  /** Signature algorithms that are allowed, of those with a public key. */
  readonly algorithms: readonly string[];
  /** Where it publishes its keys, by HTTPS. */
  readonly jwksUri: string;
  /** How long its keys are cached, in seconds; a key that it withdraws is trusted that long. */
  readonly jwksCacheSeconds: number;
  /** Whether a token without `nbf` is denied; otherwise its `iat` must have passed. */
  readonly requireNotBefore: boolean;
}

/** The rules of a clinic; without any, its members may do everything. */
export interface ClinicRules {
  /** The DICOMweb transactions that are allowed: QIDO-RS, WADO-RS and STOW-RS. Defaults to all three. */
  readonly transactions?: readonly ("search" | "retrieve" | "store")[] | undefined;
  /** From when until when, as `HH:MM` where the clinic is; `from` after `to` is a shift across midnight. Defaults to always. */
  readonly hours?: { readonly timeZone: string; readonly from: string; readonly to: string } | undefined;
  /** Studies, by their UID, that only some groups may see. Defaults to none. */
  readonly studies?: Readonly<Record<string, { readonly groups: readonly string[] }>> | undefined;
}

export interface PolicySettings {
  readonly issuer: TokenIssuer;
  /** The clinics, by the name that paths and the groups claim have. */
  readonly clinics: Readonly<Record<string, ClinicRules>>;
}
