import { ChangeDetectionStrategy, Component, effect, ElementRef, inject, input, viewChild } from '@angular/core';

import { KeptMail } from '../../../core/api/models';
import { LoadError } from '../../../shared/states/load-error';
import { AdminApi } from '../admin-api';

/**
 * A mail as its reader sees it, in a frame in which nothing runs. The server sends the page of the frame with a policy of
 * its own; a frame sends no token, so it is opened by a link that is good for some minutes.
 */
@Component({
  selector: 'app-mail-preview',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [LoadError],
  template: `
    @if (link.error(); as error) {
      <app-load-error heading="The preview could not be loaded" [error]="error" (retry)="link.reload()" />
    }
    <iframe #frame sandbox="" [hidden]="link.error()" [title]="'Preview of ' + mail().subject"></iframe>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }

    iframe {
      inline-size: 100%;
      block-size: min(640px, 70vh);
      border: 1px solid var(--app-hairline);
      border-radius: 12px;
      background: var(--app-card);
    }

    iframe[hidden] {
      display: none;
    }
  `,
})
export class MailPreview {
  readonly mail = input.required<KeptMail>();

  protected readonly link = inject(AdminApi).mailPreview(() => this.mail().id);
  private readonly frame = viewChild.required<ElementRef<HTMLIFrameElement>>('frame');

  constructor() {
    effect(() => {
      if (this.link.hasValue()) this.frame().nativeElement.src = this.link.value().url;
    });
  }
}
