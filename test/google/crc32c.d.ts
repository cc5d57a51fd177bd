/** The package's declarations cover only CRC-32; its CRC-32C module has the same functions. */
declare module "crc-32/crc32c.js" {
  interface Crc32c {
    /** The checksum of bytes, as a signed 32-bit number. */
    buf(bytes: Uint8Array): number;
  }
  const crc32c: Crc32c;
  export default crc32c;
}
