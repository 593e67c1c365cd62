import type { ReactiveController, ReactiveControllerHost } from 'lit';

type Host = ReactiveControllerHost & HTMLElement & { readonly server: string };

const onPage = new Set<Place>();
/** Places that have begun since the page was loaded. */
const begun = new Set<string>();

/** Which of several elements on one page this is: what the tab remembers of one must not come up in another. */
export class Place implements ReactiveController {
  readonly #host: Host;
  #taken: { readonly server: string; readonly id: string; readonly number: number; readonly name: string } | undefined;

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  /**
   * The element's `id`; without one, its number among those of the same server and how many these are, so that after a reload
   * nobody moves up into the place of one that is gone. Empty for the only one.
   */
  get name(): string {
    const { server, id } = this.#host;
    if (this.#taken?.server === server) return this.#taken.name;
    const alike = [...onPage].filter((place) => place.#host.server === server && place.#host.id === id);
    const numbers = alike.map((place) => (place.#taken?.server === server ? place.#taken.number : 0));
    let number = 1;
    while (numbers.includes(number)) number += 1;
    const name = [id, alike.length > 1 ? `${String(number)}/${String(alike.length)}` : ''].filter(Boolean).join(' ');
    this.#taken = { server, id, number, name };
    return name;
  }

  /** Whether the page was reloaded, or come back to, and nothing was begun here since: then the session of before is the one meant. */
  reloaded(): boolean {
    const key = `${this.#host.server}\n${this.name}`;
    const first = begun.size === 0;
    if (begun.has(key)) return false;
    begun.add(key);
    // After a click, a further element may have come for another request than before.
    if (!first && navigator.userActivation?.hasBeenActive) return false;
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return entry?.type === 'reload' || entry?.type === 'back_forward';
  }

  hostConnected(): void {
    const mine = this.#taken;
    const lost = mine && [...onPage].some((place) => place.#taken?.server === mine.server && place.#taken.id === mine.id && place.#taken.number === mine.number);
    if (lost) this.#taken = undefined;
    onPage.add(this);
  }

  /** Takes the place in the order in which the elements came, and not that in which they get their tokens. */
  hostUpdate(): void {
    if (this.#host.isConnected) void this.name;
  }

  hostDisconnected(): void {
    onPage.delete(this);
  }
}
