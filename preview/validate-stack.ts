import { readStackDirFile } from "../infra/config/stack-files.ts";
import { CONFIG_NAMESPACE, parseStack } from "../infra/config/parse-stack.ts";
import { ConfigError, keyPath } from "../infra/config/errors.ts";
import { placeholdersIn } from "../infra/config/placeholders.ts";
import type { Validate } from "./preview-options.ts";

/** Validates a stack file the way the program does, before anything is started. */
export const validateStack: Validate = (file, data) => {
  try {
    const config = parseStack({ file, data, readStackDirFile, now: new Date() });
    const placeholders = placeholdersIn(config).map(({ path, value, put }) => ({
      key: `${CONFIG_NAMESPACE}:${keyPath(path)}`,
      value,
      put,
    }));
    return { placeholders, needsGoogle: Object.keys(config.projects).length > 0 };
  } catch (error) {
    if (error instanceof ConfigError) return { error: error.message };
    throw error;
  }
};
