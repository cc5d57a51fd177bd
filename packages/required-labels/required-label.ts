import { RE2JS, RE2JSSyntaxException } from "re2js";

/** A label that every namespace must carry. */
export interface RequiredLabel {
  /** Key of the label, `product`. */
  readonly key: string;
  /** RE2 regular expression for the whole value, `^(celegans|neuroglass|cloudharness)$`. */
  readonly allowedRegex: string;
  /** The message of a refusal; by default it names key and expression. */
  readonly message?: string | undefined;
}

/** The message of a refusal, as the webhook and the API server give it. */
export function requirementMessage({ key, allowedRegex, message }: RequiredLabel): string {
  return message ?? `Every namespace must have a label "${key}" whose value matches ${allowedRegex}.`;
}

/**
 * Why a regular expression cannot be enforced alike by Gatekeeper, the API server and a preview; undefined where it can.
 *
 * All three search the value for a match, so an expression without both anchors allows any value that contains one:
 * `celegans` allows `not-celegans`.
 */
export function regexIssue(allowedRegex: string): string | undefined {
  try {
    compile(allowedRegex);
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return `must be a regular expression in RE2's syntax: ${error.message}`;
  }
  // In a group, so that `^a|b$`, which anchors neither alternative on both sides, is refused.
  const [, whole] = /^\^(.*)\$$/s.exec(allowedRegex) ?? [];
  if (whole === undefined || !isOneExpression(whole)) {
    return "must be anchored as a whole, ^(one|two)$: without it, a value that only contains a match is allowed";
  }
  return undefined;
}

/** Whether an expression between the anchors has no alternation that the anchors would belong to. */
function isOneExpression(text: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === "\\") index++;
    else if (inClass) inClass = char !== "]";
    else if (char === "[") inClass = true;
    else if (char === "(") depth++;
    else if (char === ")") depth--;
    else if (char === "|" && depth === 0) return false;
  }
  return !text.endsWith("\\");
}

/**
 * How the labels of a namespace violate the requirement, as part of a sentence: `has no label "product"`; undefined
 * where they satisfy it.
 */
export function labelViolation(
  { key, allowedRegex }: RequiredLabel,
  labels: ReadonlyMap<string, string>,
): string | undefined {
  const value = labels.get(key);
  if (value === undefined) return `has no label "${key}", whose value must match ${allowedRegex}`;
  if (compile(allowedRegex).matcher(value).find()) return undefined;
  return `has the label ${key}=${value}, whose value must match ${allowedRegex}`;
}

function compile(regex: string): RE2JS {
  return RE2JS.compile(regex);
}
