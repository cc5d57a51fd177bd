/** Name of the web gateway's Deployment and Service, which its certificate is for. */
export const GATEWAY_NAME = "web-gateway";

/** Labels of the gateway's pods. Grants name the organisation, as for every client of the FHIR server. */
export const GATEWAY_LABELS = { org: "smart", class: GATEWAY_NAME, "app.kubernetes.io/name": GATEWAY_NAME };
