// A browser on the console of the server under test, and the ways in which cases look at it. Nothing may be asked of
// anybody but that server, and nothing may go wrong unseen: both are told at the end of every case.

import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const [url, packages, shots, few, signed] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const { chromium } = require('playwright-core');
const axe = require('axe-core').source;

export { signed, url };
export const atOnce = Number(few);
mkdirSync(shots, { recursive: true });

const patience = 15_000;
let browser;

export async function launch() {
  browser = await chromium.launch({
    executablePath: process.env.STEPWELL_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--force-color-profile=srgb', '--disable-background-networking'],
  });
}

export const close = () => browser?.close();

/** Waits for what no event tells, so that it has to be asked for. */
export async function until(condition, what, milliseconds = patience) {
  const last = performance.now() + milliseconds;
  while (!(await condition())) {
    if (performance.now() > last) throw new Error(`waited in vain: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export class Tab {
  foreign = [];
  wrong = [];
  /** Requests without an answer, and when there last was a change. */
  open = new Set();
  moved = performance.now();

  static async open(path, { theme = 'light', size = { width: 1280, height: 720 }, base = url, context = {} } = {}) {
    const tab = new Tab();
    tab.context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce', acceptDownloads: true, ...context });
    await tab.context.grantPermissions(['clipboard-write'], { origin: base });
    tab.page = await tab.context.newPage();
    tab.page.setDefaultTimeout(patience);
    tab.page.on('request', (request) => {
      const address = request.url();
      if (!address.startsWith(base) && !address.startsWith('data:') && !address.startsWith('blob:')) tab.foreign.push(address);
      tab.open.add(request);
      tab.moved = performance.now();
    });
    // What the page before this one still waited for may never be heard of again.
    tab.page.on('response', (response) => response.request().isNavigationRequest() && tab.open.clear());
    for (const end of ['requestfinished', 'requestfailed']) {
      tab.page.on(end, (request) => {
        tab.open.delete(request);
        tab.moved = performance.now();
      });
    }
    tab.page.on('pageerror', (error) => tab.wrong.push(String(error)));
    tab.page.on('console', (message) => {
      if (message.type() !== 'error' && !/Content Security|TrustedType|Trusted Type/i.test(message.text())) return;
      if (!/status of 4\d\d/.test(message.text())) tab.wrong.push(message.text());
    });
    tab.base = base;
    await tab.go(path);
    return tab;
  }

  go(path) {
    return this.page.goto(`${this.base}/_stepwell/console${path}`);
  }

  role(role, name, options = {}) {
    return this.page.getByRole(role, { name, ...options });
  }

  text(text) {
    return this.page.getByText(text).first();
  }

  async sees(text) {
    await this.text(text).waitFor();
  }

  /** Until nothing is asked of the server and nothing is being drawn. */
  async settled() {
    const rests = async () => this.open.size === 0 && performance.now() - this.moved >= 100 && (await this.page.locator('[aria-busy=true]').count()) === 0;
    await until(rests, () => `${this.page.url()} does not settle: ${[...this.open].map((each) => each.url()).join(', ')}`);
  }

  /** A picture of what is there, kept with the build. */
  async shot(name) {
    await this.page.evaluate(() => document.fonts.ready);
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path: join(shots, `${name}.png`), animations: 'disabled' });
  }

  /** What an assistant could not make out, where it matters. */
  async audit() {
    if (!(await this.page.evaluate(() => 'axe' in globalThis))) await this.page.evaluate(axe);
    const { violations } = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    return serious.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
  }

  async end() {
    await this.context.close();
    if (this.foreign.length > 0) throw new Error(`asked of others: ${this.foreign.join(', ')}`);
    if (this.wrong.length > 0) throw new Error(`went wrong in the page: ${this.wrong.join('\n')}`);
  }
}

export function equal(actual, expected, what) {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${what}: ${a}, expected ${b}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}
