import { expect, type BrowserContext, type Page } from '@playwright/test';

declare global {
  interface Window {
    /** What no page may ever call: only text that became script would. */
    ran?: (payload: string) => void;
    reportViolation?: (violation: string) => void;
  }
}

/** Everything that a browser context may not do: break its policy, log an error, or run what somebody typed. */
export class Watch {
  readonly violations: string[] = [];
  readonly errors: string[] = [];
  /** Payloads that were run. */
  readonly runs: string[] = [];
  /** Requests that left for another place than the product. */
  readonly foreign: string[] = [];

  private constructor(private readonly origin: string) {}

  static async over(context: BrowserContext, origin: string): Promise<Watch> {
    const watch = new Watch(origin);
    await context.exposeFunction('ran', (payload: string) => void watch.runs.push(payload));
    await context.exposeFunction('reportViolation', (violation: string) => void watch.violations.push(violation));
    await context.addInitScript(() =>
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, sample }) =>
        window.reportViolation?.(`${effectiveDirective} ${blockedURI} ${sourceFile} ${sample}`),
      ),
    );
    context.on('page', (page) => watch.listen(page));
    return watch;
  }

  expectNothing(): void {
    expect.soft(this.violations, 'violations of the policy').toEqual([]);
    expect.soft(this.runs, 'payloads that were run').toEqual([]);
    expect.soft(this.errors, 'errors').toEqual([]);
    expect(this.foreign, 'requests to other places').toEqual([]);
  }

  private listen(page: Page): void {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('dialog', (dialog) => {
      this.runs.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!/^(?:blob|data|about):/.test(request.url()) && !this.isOwn(request.url())) this.foreign.push(request.url());
    });
    page.on('console', (message) => {
      const isRefusal = /status of 4\d\d/.test(message.text()); // an answer of the server, not a fault of the page
      if (message.type() === 'error' && !isRefusal) this.errors.push(`${page.url()}: ${message.text()}`);
    });
  }

  private isOwn(url: string): boolean {
    return new URL(url).host === new URL(this.origin).host;
  }
}
