/** What a reader has to say against a value: the message of the error that it throws, or nothing. */
export function errorMessage(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
