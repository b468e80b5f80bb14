// node build/main.mjs FOLDER: builds the console and packs it into FOLDER for the program, unless what is there was made of
// the same sources. Packages come from npm by the hashes of package-lock.json.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pack } from './pack.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const sources = ['src', 'build', 'index.html', 'package.json', 'package-lock.json', 'vite.config.mjs', 'tsconfig.json'];

function filesOf(path) {
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)]));
}

function digestOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    const files = path === 'src' || path === 'build' ? filesOf(join(root, path)) : [join(root, path)];
    for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function isMade(mark, digest) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === digest;
}

function install() {
  const mark = join(root, 'node_modules/.installed');
  const digest = digestOf(['package-lock.json']);
  if (isMade(mark, digest)) return;
  console.log('npm ci');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  writeFileSync(mark, digest);
}

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const mark = join(folder, 'digest');
const digest = digestOf(sources);
if (isMade(mark, digest) && existsSync(join(folder, 'console.pack'))) {
  const now = new Date();
  for (const file of ['console.pack', 'console.def']) utimesSync(join(folder, file), now, now);
} else {
  install();
  process.chdir(root);
  const { build } = await import('vite');
  await build({ logLevel: 'warn', build: { outDir: join(folder, 'files'), emptyOutDir: true } });
  pack(join(folder, 'files'), filesOf(join(folder, 'files')), folder);
  writeFileSync(mark, digest);
}
