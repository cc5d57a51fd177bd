/** Labels of the pods that register records, by which policies know them. */
export const REGISTRATION = { org: "registration", class: "registration-record" };
