// All files of the console, compressed, one behind the other: console.pack, and console.def, the table of what is where,
// for the program (src/server/console/assets.cpp).

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export function pack(root, files, folder) {
  const parts = [];
  const lines = ['// ASSET(path, type, entity tag, offset, bytes, bytes of the file itself)'];
  let offset = 0;
  for (const file of files) {
    const type = types[extname(file)];
    if (!type) throw new Error(`${file}: of what type is it?`);
    const bytes = readFileSync(file);
    const packed = gzipSync(bytes, { level: 9 });
    const tag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    lines.push(`ASSET("${relative(root, file)}", "${type}", "\\"${tag}\\"", ${offset}, ${packed.length}, ${bytes.length})`);
    parts.push(packed);
    offset += packed.length;
  }
  writeFileSync(join(folder, 'console.pack'), Buffer.concat(parts));
  writeFileSync(join(folder, 'console.def'), `${lines.join('\n')}\n`);
}
