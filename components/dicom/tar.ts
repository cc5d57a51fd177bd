/** A tar archive whose bytes depend on nothing but its files. */

const BLOCK = 512;

/**
 * Files as an archive of regular files, of no owner and at the epoch, in the order of their names.
 *
 * Source: POSIX.1-2017, pax, "ustar Interchange Format".
 *
 * @param files contents by name, each name of at most 100 bytes
 */
export function tarArchive(files: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1));
  const blocks = entries.flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [header(name, content.length), content, padding];
  });
  return Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]);
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0);
  block.write("0000644\0", 100);
  block.write("0000000\0", 108);
  block.write("0000000\0", 116);
  block.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  block.write("00000000000\0", 136);
  block.write("        ", 148);
  block.write("0", 156);
  block.write("ustar\u000000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
