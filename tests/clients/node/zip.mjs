// A ZIP archive of texts by their names, nothing compressed.

const TABLE = Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; ++bit) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const checksum = (bytes) => ~bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8), -1) >>> 0;

// Numbers of two and four bytes, [value, size] each.
function packed(...fields) {
  const bytes = Buffer.alloc(fields.reduce((sum, [, size]) => sum + size, 0));
  let at = 0;
  for (const [value, size] of fields) at = bytes.writeUIntLE(value, at, size);
  return bytes;
}

export function zip(files) {
  const locals = [];
  const central = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    // Version, flags, method, time, date, checksum, sizes, lengths of the name and of nothing more.
    const common = packed([20, 2], [0, 2], [0, 2], [0, 2], [0x21, 2], [checksum(data), 4], [data.length, 4], [data.length, 4], [path.length, 2], [0, 2]);
    const local = Buffer.concat([packed([0x04034b50, 4]), common, path, data]);
    const rest = packed([0, 2], [0, 2], [0, 2], [0, 4], [at, 4]);
    central.push(Buffer.concat([packed([0x02014b50, 4], [20, 2]), common, rest, path]));
    locals.push(local);
    at += local.length;
  }
  const size = central.reduce((sum, entry) => sum + entry.length, 0);
  const end = packed([0x06054b50, 4], [0, 2], [0, 2], [central.length, 2], [central.length, 2], [size, 4], [at, 4], [0, 2]);
  return new Uint8Array(Buffer.concat([...locals, ...central, end]));
}
