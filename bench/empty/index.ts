// Declares nothing: what is left is the engine, the language host and the pack.
export {};
