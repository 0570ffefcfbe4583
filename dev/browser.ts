import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './fingerprint.ts';

/** A Chromium to test with, and how it is started. */
export interface Browser {
  readonly executablePath: string;
  readonly args: string[];
}

/** Root needs no-sandbox; the rest keeps it from asking for hosts that a closed network refuses. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The browser named by CHROMIUM_PATH, else one on the PATH, else the one that npm installed (`HOURBANK_BROWSER=npm` takes
 * that one in any case).
 */
export async function findBrowser(): Promise<Browser> {
  const named =
    process.env['HOURBANK_BROWSER'] === 'npm' ? undefined : (process.env['CHROMIUM_PATH'] ?? onPath());
  return named === undefined
    ? { executablePath: await fromNpm(), args: [...ARGUMENTS, '--headless=shell', '--no-zygote'] }
    : { executablePath: named, args: ARGUMENTS };
}

function onPath(): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of NAMES)
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // try the next
      }
  return undefined;
}

/**
 * `@sparticuz/chromium` unpacks itself, the libraries it needs and a font into TMPDIR; its own fonts.conf works only in
 * one fixed folder, and it unpacks the libraries only where it believes that it runs in Lambda.
 */
async function fromNpm(): Promise<string> {
  const home = join(ROOT, 'node_modules', '.cache', 'chromium');
  mkdirSync(home, { recursive: true });
  const fonts = join(home, 'fonts.conf');
  writeFileSync(
    fonts,
    `<fontconfig><dir>/usr/share/fonts</dir><dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir></fontconfig>`,
  );
  process.env['TMPDIR'] = home;
  process.env['FONTCONFIG_FILE'] = fonts;
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}
