import '@sky-sign/widget/define';
import { createMockHandlers, mockScenarios } from '@sky-sign/mocks';
import type { Mocks, MockScenario, MockServer, SeededEnvelope } from '@sky-sign/mocks';
import type { SkySign } from '@sky-sign/widget';
import type { Meta, StoryContext, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { HttpHandler } from 'msw';
import { brands } from './brands.js';
import type { BrandName } from './brands.js';
import { tokenControls, tokenNames } from './tokens.js';
import type { Tokens } from './tokens.js';
import { words } from './words.js';
import type { Words } from './words.js';

export interface Args extends Tokens {
  /** Of the element; the toolbar's where it is not set. */
  theme?: 'auto' | 'light' | 'dark';
  /** Of the element; the toolbar's where it is not set. */
  lang?: 'ja' | 'en';
  /** Origin of the server; the page's own. */
  server?: string;
  /** The story's own; another one leads to another envelope. */
  token?: string;
  'assets-url': string;
  'allow-frame'?: boolean;
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
 * `alone`: on a server of its own, because wrong codes count for a person over all envelopes, and its outbox shows the newest mails
 * alone, which one of a clock that was put back is not.
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

/** A sent envelope of the mocks, with its link; see `MockServer.seed`. */
export const fresh = (...which: Parameters<MockServer['seed']>): Prepare => async (server) => {
  const seed = await server.seed(...which);
  return { token: seed.linkToken, accessCode: seed.accessCode, seed };
};

const ofElement = { table: { category: 'Attributes' } } as const;

export const base: Meta<Args> = {
  component: 'sky-sign',
  args: { scenario: 'normal', 'assets-url': './pdfjs/' },
  argTypes: {
    theme: { ...ofElement, control: 'inline-radio', options: ['auto', 'light', 'dark'] },
    lang: { ...ofElement, control: 'inline-radio', options: ['ja', 'en'] },
    server: { ...ofElement, control: 'text' },
    token: { ...ofElement, control: 'text' },
    'assets-url': { ...ofElement, control: 'text' },
    'allow-frame': { ...ofElement, control: 'boolean' },
    scenario: { control: 'select', options: mockScenarios, table: { category: 'Mock server' } },
    ...tokenControls,
  },
  render: (args, context) => renderElement(args, context),
};

/** The element with all that the toolbar and the controls say; a token that is set there wins over that of the brand. */
export function renderElement(args: Args, { loaded, globals }: Pick<StoryContext<Args>, 'loaded' | 'globals'>, slotted?: TemplateResult): TemplateResult {
  const prepared = (loaded['prepared'] ?? {}) as Prepared;
  const brand = brands[globals['brand'] as BrandName] ?? {};
  const tokens = Object.fromEntries(tokenNames.flatMap((name) => (args[name] ? [[name, args[name]]] : [])));
  return html`<sky-sign
    style=${styleMap({ ...brand, ...tokens })}
    server=${ifDefined(args.server)}
    token=${args.token ?? prepared.token ?? nothing}
    theme=${args.theme ?? (globals['theme'] as string)}
    lang=${args.lang ?? (globals['locale'] as string)}
    assets-url=${args['assets-url']}
    ?allow-frame=${args['allow-frame']}
    >${slotted}</sky-sign
  >`;
}

/** A play function with the element at hand. */
export function play(act: (stage: Stage) => Promise<void>): NonNullable<Story['play']> {
  return async ({ canvasElement, args, globals, loaded }: StoryContext<Args>) => {
    const element = canvasElement.querySelector('sky-sign');
    if (!element) throw new Error('There is no <sky-sign> on the stage.');
    const lang = args.lang ?? (globals['locale'] as 'ja' | 'en');
    await act({ ...((loaded['prepared'] ?? {}) as Prepared), element, lang, words: words[lang], server: await mocks.server() });
  };
}
