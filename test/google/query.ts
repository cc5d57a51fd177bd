import type { Parameter } from "./discovery.ts";
import { badField } from "./errors.ts";
import { camelCase, type Json, type JsonObject, own } from "./json.ts";
import type { Route } from "./routes.ts";

/**
 * Reads a request's query by the method's parameters. A parameter that every method takes (`alt`, `key`, `fields`
 * and so on, also with a leading `$`) is accepted and left out, as it only shapes the answer's form; so is one without
 * a value, which is the same as none.
 *
 * @throws GoogleError INVALID_ARGUMENT for an unknown parameter, a value of the wrong type, or a missing parameter
 *   that the document calls required.
 */
export function readQuery(route: Route, query: URLSearchParams): JsonObject {
  const parameters = route.method.parameters ?? {};
  const read: JsonObject = {};
  for (const given of new Set(query.keys())) {
    const name = own(parameters, given)?.location === "query" ? given : camelCase(given);
    const parameter = own(parameters, name);
    if (parameter?.location !== "query") {
      if (!isSystem(route, given)) throw unknownParameter(given);
      continue;
    }
    const texts = query.getAll(given).filter((text) => text !== "");
    if (texts.length > 0) read[name] = values(name, parameter, texts);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (isRequired(parameter) && read[name] === undefined)
      throw badField(name, `Required parameter ${name} is missing.`);
  }
  return read;
}

function isSystem(route: Route, name: string): boolean {
  const { parameters } = route.document;
  return Object.hasOwn(parameters, name) || Object.hasOwn(parameters, name.replace(/^\$/, ""));
}

/** The documents mark older parameters as required and say it of newer ones in their first word only. */
function isRequired(parameter: Parameter): boolean {
  const says = parameter.type === "string" && parameter.description?.startsWith("Required.") === true;
  return parameter.location === "query" && (parameter.required === true || says);
}

function unknownParameter(name: string) {
  return badField(
    name,
    `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. ` +
      `Field '${name}' could not be found in request message.`,
  );
}

function values(name: string, parameter: Parameter, given: readonly string[]): Json {
  const read = given.map((text) => value(name, parameter, text));
  if (parameter.repeated === true) return read;
  if (read.length > 1) throw badField(name, `Invalid value at '${name}': the parameter is not repeated.`);
  return read[0] ?? null;
}

function value(name: string, parameter: Parameter, text: string): Json {
  const wrong = () =>
    badField(name, `Invalid value at '${name}' (TYPE_${(parameter.type ?? "").toUpperCase()}), "${text}"`);
  switch (parameter.type) {
    case "boolean":
      if (text !== "true" && text !== "false") throw wrong();
      return text === "true";
    case "integer":
      if (!/^-?\d+$/.test(text)) throw wrong();
      return Number(text);
    default:
      if (parameter.enum !== undefined && !parameter.enum.includes(text)) throw wrong();
      return text;
  }
}
