export interface WebKitPage {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  url(): Promise<string>;
  evaluate(expression: string): Promise<unknown>;
  screenshot(): Promise<Uint8Array>;
  readonly mouse: {
    move(x: number, y: number): Promise<unknown>;
    down(options?: { button?: 'left' | 'middle' | 'right' }): Promise<unknown>;
    up(options?: { button?: 'left' | 'middle' | 'right' }): Promise<unknown>;
    click(x: number, y: number, options?: { button?: 'left' | 'middle' | 'right'; clickCount?: number }): Promise<unknown>;
  };
  readonly keyboard: { type(text: string): Promise<unknown>; press(names: string): Promise<unknown> };
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  close(): Promise<void>;
}
export function startWebKit(options?: { env?: Readonly<Record<string, string>> }): Promise<WebKitPage>;
