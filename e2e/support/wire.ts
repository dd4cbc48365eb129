import type { Page, WebSocketRoute } from '@playwright/test';

export interface Frame {
  readonly way: 'up' | 'down';
  readonly text: string;
}

type Test = (frame: Frame) => boolean;

const UPGRADED = '5';

/** The line between a page and the server, on which single frames can be waited for and held back. */
export class Wire {
  private readonly lines: WebSocketRoute[] = [];
  private readonly waiting: { readonly test: Test; readonly found: () => void }[] = [];
  private held: Test = () => false;

  private constructor() {}

  /** Taps the line of a page that was not opened yet. */
  static async of(page: Page): Promise<Wire> {
    const wire = new Wire();
    await page.routeWebSocket(/socket\.io/, (line) => wire.tap(line));
    return wire;
  }

  /** All that fits goes no further, in either direction. */
  hold(test: Test): void {
    this.held = test;
  }

  /** Resolves when such a frame was there, whether it was held or not. */
  meets(test: Test): Promise<void> {
    return new Promise((found) => this.waiting.push({ test, found }));
  }

  /** Resolves when everything goes over this line, and nothing over requests any more. */
  isUp(): Promise<void> {
    return this.meets(({ way, text }) => way === 'up' && text === UPGRADED);
  }

  /** For a page that died: the browser would have hung up. */
  async cut(): Promise<void> {
    await Promise.all(this.lines.map((line) => line.close()));
  }

  private tap(line: WebSocketRoute): void {
    const server = line.connectToServer();
    this.lines.push(server);
    line.onMessage((text) => this.pass({ way: 'up', text: String(text) }, () => server.send(text)));
    server.onMessage((text) => this.pass({ way: 'down', text: String(text) }, () => line.send(text)));
  }

  private pass(frame: Frame, on: () => void): void {
    if (!this.held(frame)) on();
    for (const { test, found } of this.waiting) if (test(frame)) found();
  }
}

const ACKNOWLEDGED = /^43\d+\[.*"duplicate":/;

/** The frames of a message on its way. */
export const isSend: Test = ({ way, text }) => way === 'up' && text.includes('"message:send"');
export const isAcknowledgement: Test = ({ way, text }) => way === 'down' && ACKNOWLEDGED.test(text);
export const isOwnEvent: Test = ({ way, text }) =>
  way === 'down' && text.includes('"ticket:event"') && text.includes('"clientMsgId"');
