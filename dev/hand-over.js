// Plain JavaScript for the Node that the machine has (20 or newer): installs the project where the lock file changed,
// then hands over to the Node 24 that the project brings along.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = join(ROOT, 'package-lock.json');
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
const MARK = join(ROOT, 'node_modules', '.installed-lock');
const NODE = join(ROOT, 'node_modules', 'node', 'bin', 'node');

/**
 * Runs `dev/<script>` under Node 24 with this process's arguments, and ends as it ends.
 * @param {string} script
 */
export function handOver(script) {
  install();
  const path = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(
    process.platform === 'win32' ? ';' : ':',
  );
  const child = spawn(NODE, [join(ROOT, 'dev', script), ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // the channel tells the child when this process is gone
    env: { ...process.env, PATH: path },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function install() {
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (existsSync(NODE) && installedLock() === lock) return;
  const began = Date.now();
  console.log('Installing packages (about 2 to 4 minutes the first time) ...');
  const { status } = spawnSync('npm', ['ci', '--loglevel', 'error', '--no-fund', '--no-audit'], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: see the lines above.');
    process.exit(status ?? 1);
  }
  writeFileSync(MARK, lock);
  console.log(`Packages installed (${Math.round((Date.now() - began) / 1000)} s).`);
}

/** The lock file's hash at the last install; an `npm ci` typed by hand since counts too. */
function installedLock() {
  if (existsSync(MARK)) return readFileSync(MARK, 'utf8');
  if (!existsSync(INSTALLED) || statSync(INSTALLED).mtimeMs < statSync(LOCK).mtimeMs) return undefined;
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  writeFileSync(MARK, lock);
  return lock;
}
