import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { waitFor } from '../running-demo.js';
import type { DrivenPage } from './driven-page.js';
import type { Eyes, Found, Wanted as WantedInPage } from './in-page.js';

/** What is looked for: a role, a name (whole, or matching), words in it, what it stands in. */
export interface Wanted {
  readonly role: string;
  readonly name?: string | RegExp;
  readonly text?: RegExp;
  readonly inside?: Wanted;
}

type Which = 'first' | 'last';

/** What a person sees and does on a page, in any engine. */
export interface Screen {
  /** All that are shown now. */
  all(wanted: Wanted): Promise<Found[]>;
  /** Waits until there is one. */
  find(wanted: Wanted, which?: Which): Promise<Found>;
  gone(wanted: Wanted): Promise<void>;
  says(words: string): Promise<boolean>;
  /** Waits until the words are shown. */
  reads(words: string): Promise<void>;
  /** Clicks in the middle, as soon as nothing lies over it and it stands still. */
  click(wanted: Wanted, options?: { which?: Which; times?: number }): Promise<void>;
  /** Types into an input in place of what stands in it. */
  type(wanted: Wanted, text: string): Promise<void>;
  /** Picks a day in an input of dates. */
  pick(wanted: Wanted, day: string): Promise<void>;
}

let bundled: Promise<string> | undefined;

export function screenOf(page: DrivenPage): Screen {
  async function ask<Name extends keyof Eyes>(name: Name, ...args: unknown[]): Promise<ReturnType<Eyes[Name]>> {
    const question = `typeof eyes === 'undefined' ? 'blind' : eyes.${name}(...${JSON.stringify(args)})`;
    let answer = await page.evaluate(question);
    if (answer === 'blind') {
      await page.evaluate(`(() => { ${await (bundled ??= bundle())} })()`);
      answer = await page.evaluate(question);
    }
    return answer as ReturnType<Eyes[Name]>;
  }
  const at = (which: Which) => (which === 'first' ? 0 : -1);
  const all = (wanted: Wanted) => ask('all', asJson(wanted));

  async function still(wanted: Wanted, which: Which): Promise<Found> {
    let before: Found | undefined;
    return eventually(`${describe(wanted)} to be free`, async () => {
      const found = (await ask('all', asJson(wanted), at(which))).at(at(which));
      const moved = !found || found.x !== before?.x || found.y !== before.y;
      before = found;
      return !moved && !found.covered && found;
    });
  }

  const screen: Screen = {
    all,
    find: (wanted, which = 'first') => eventually(describe(wanted), async () => (await all(wanted)).at(at(which))),
    gone: async (wanted) => void (await eventually(`no ${describe(wanted)}`, async () => (await all(wanted)).length === 0)),
    says: (words) => ask('says', words),
    reads: async (words) => void (await eventually(`the words ${words}`, () => ask('says', words))),
    async click(wanted, { which = 'first', times = 1 } = {}) {
      const { x, y } = await still(wanted, which);
      await page.click(x, y, times);
    },
    async type(wanted, text) {
      await screen.click(wanted);
      await ask('selectAll');
      await page.type(text);
    },
    async pick(wanted, day) {
      await screen.find(wanted);
      await ask('pick', asJson(wanted), day);
    },
  };
  return screen;
}

/** Looks again and again; pages that are just being left answer nothing, so what fails is asked again, too. */
async function eventually<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  let found: T | undefined | false;
  let failure: unknown;
  const done = async (): Promise<boolean> => {
    try {
      found = await look();
      failure = undefined;
    } catch (error) {
      found = undefined;
      failure = error;
    }
    return Boolean(found);
  };
  await waitFor(done).catch(() => {
    throw new Error(`Waited in vain for ${what}.`, { cause: failure });
  });
  return found as T;
}

function asJson({ role, name, text, inside }: Wanted): WantedInPage {
  return {
    role,
    ...(name === undefined ? {} : { name: typeof name === 'string' ? name : { source: name.source } }),
    ...(text ? { text: { source: text.source } } : {}),
    ...(inside ? { inside: asJson(inside) } : {}),
  };
}

const describe = ({ role, name, text, inside }: Wanted): string => [role, name ?? '', text ?? '', inside ? `in ${describe(inside)}` : ''].filter(Boolean).join(' ');

async function bundle(): Promise<string> {
  const entry = path.join(path.dirname(fileURLToPath(import.meta.url)), 'in-page.ts');
  const { outputFiles } = await esbuild.build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', minify: true, target: 'es2022' });
  return outputFiles[0]!.text;
}
