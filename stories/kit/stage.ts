import '@sky-sign/widget/define';
import { createMockHandlers, mockScenarios } from '@sky-sign/mocks';
import type { Mocks, MockScenario, MockServer, SeededEnvelope } from '@sky-sign/mocks';
import type { SkySign } from '@sky-sign/widget';
import type { Meta, StoryContext, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { HttpHandler } from 'msw';
import { brands } from './brands.js';
import type { BrandName } from './brands.js';
import { words } from './words.js';
import type { Words } from './words.js';

export interface Args {
  /** Of the element; the toolbar's where it is not set. */
  theme?: 'auto' | 'light' | 'dark';
  /** Of the element; the toolbar's where it is not set. */
  lang?: 'ja' | 'en';
  /** Origin of the server; the page's own. */
  server?: string;
  /** What goes wrong once the element starts. */
  scenario: MockScenario;
}
export type Story = StoryObj<Args>;

/** What there is before the element starts. */
export interface Prepared {
  /** Absent: the element gets none. */
  readonly token?: string;
  /** What is typed on the first screen. */
  readonly accessCode?: string;
  readonly seed?: SeededEnvelope;
}
export type Prepare = (server: MockServer) => Promise<Prepared>;

/** What a play function works with. */
export interface Stage extends Prepared {
  readonly element: SkySign;
  readonly lang: 'ja' | 'en';
  readonly words: Words;
  readonly server: MockServer;
}

/** The addon's context; it has no types of its own for this framework. */
interface MswContext {
  readonly msw: { use(...handlers: HttpHandler[]): void };
}

const makeMocks = (): Mocks => createMockHandlers({ fontUrl: './fonts/NotoSansJP_400Regular.ttf', services: { patienceMs: 800, clientAddress: () => '203.0.113.7' } });
/** One server for the stories of this page; each has envelopes of its own. */
const shared = makeMocks();
let mocks = shared;
const runs = new WeakMap<AbortSignal, Promise<Prepared>>();

async function prepared(prepare: Prepare, scenario: MockScenario): Promise<Prepared> {
  sessionStorage.clear();
  const server = await mocks.server();
  server.aheadMs = 0;
  server.scenario = 'normal';
  const result = await prepare(server);
  server.scenario = scenario;
  return result;
}

/**
 * Brings the server into a state before the element starts; once a story, not again when an arg or the toolbar changes.
 * `alone`: on a server of its own, because wrong codes count for a person over all envelopes.
 */
export function from(prepare: Prepare, { alone = false } = {}): Pick<Story, 'loaders'> {
  return {
    loaders: [
      async (context) => {
        const { msw } = context as unknown as MswContext;
        const { abortSignal, args } = context;
        const known = runs.get(abortSignal);
        if (!known) mocks = alone ? makeMocks() : shared;
        msw.use(...mocks.handlers);
        const run = known ?? prepared(prepare, args.scenario ?? 'normal');
        runs.set(abortSignal, run);
        return { prepared: await run };
      },
    ],
  };
}

/** A sent envelope of the mocks, with its link. */
export const fresh = (name?: Parameters<MockServer['seed']>[0]): Prepare => async (server) => {
  const seed = await server.seed(name);
  return { token: seed.linkToken, accessCode: seed.accessCode, seed };
};

export const base: Meta<Args> = {
  component: 'sky-sign',
  args: { scenario: 'normal' },
  argTypes: {
    theme: { control: 'inline-radio', options: ['auto', 'light', 'dark'] },
    lang: { control: 'inline-radio', options: ['ja', 'en'] },
    server: { control: 'text' },
    scenario: { control: 'select', options: mockScenarios },
  },
  render: ({ theme, lang, server }, { loaded, globals }) => {
    const { token } = (loaded['prepared'] ?? {}) as Prepared;
    const brand = brands[globals['brand'] as BrandName] ?? {};
    return html`<sky-sign
      style=${styleMap(brand)}
      server=${ifDefined(server)}
      token=${token ?? nothing}
      theme=${theme ?? (globals['theme'] as string)}
      lang=${lang ?? (globals['locale'] as string)}
      assets-url="./pdfjs/"
    ></sky-sign>`;
  },
};

/** A play function with the element at hand. */
export function play(act: (stage: Stage) => Promise<void>): NonNullable<Story['play']> {
  return async ({ canvasElement, args, globals, loaded }: StoryContext<Args>) => {
    const element = canvasElement.querySelector('sky-sign');
    if (!element) throw new Error('There is no <sky-sign> on the stage.');
    const lang = args.lang ?? (globals['locale'] as 'ja' | 'en');
    await act({ ...((loaded['prepared'] ?? {}) as Prepared), element, lang, words: words[lang], server: await mocks.server() });
  };
}
