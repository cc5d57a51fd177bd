import { readBeside } from "../infra/beside.ts";
import { parseStack } from "../infra/config.ts";
import { ConfigError } from "../infra/mistakes.ts";
import type { Validate } from "./preview.ts";

/** The program's own check of a stack, before anything is started for one that is not well formed. */
export const validateStack: Validate = (file, data) => {
  try {
    parseStack({ file, data, readBeside, now: new Date() });
    return undefined;
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
};
