import { ChangeDetectionStrategy, Component, effect, inject, input, signal } from '@angular/core';

import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { AttachmentsApi } from './attachments-api';

/**
 * A picture behind sign-in. Plain `<img src>` can not send the access token, so the bytes are fetched with it and shown
 * from an object URL, which is revoked when the picture changes or goes. With `width` and `height` the room is kept.
 */
@Component({
  selector: 'app-authenticated-image',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    @if (objectUrl(); as url) {
      <img [src]="url" [alt]="alt()" [attr.width]="width()" [attr.height]="height()" />
    } @else if (isMissing()) {
      <span class="missing" role="img" [attr.aria-label]="t('conversation.file.missingNamed', { name: alt() })">
        <app-icon name="image" /> <span aria-hidden="true">{{ t('conversation.file.missing') }}</span>
      </span>
    } @else {
      <span class="waiting" [style.aspect-ratio]="ratio()"></span>
    }
  `,
  styles: `
    :host {
      display: block;
      overflow: hidden;
    }

    img {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      object-fit: var(--app-image-fit, cover);
    }

    .waiting,
    .missing {
      display: grid;
      place-items: center;
      inline-size: 100%;
      block-size: 100%;
      min-block-size: 48px;
      background: var(--mat-sys-surface-container-high);
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }
  `,
})
export class AuthenticatedImage {
  protected readonly t = t;
  private readonly api = inject(AttachmentsApi);

  /** The `url` or `thumbnailUrl` of an Attachment. */
  readonly src = input.required<string>();
  readonly alt = input.required<string>();
  readonly width = input<number>();
  readonly height = input<number>();

  protected readonly objectUrl = signal<string | null>(null);
  protected readonly isMissing = signal(false);

  constructor() {
    effect((onCleanup) => {
      const src = this.src();
      this.isMissing.set(false);
      let shown: string | null = null;
      const fetching = this.api.bytes(src).subscribe({
        next: (bytes) => {
          shown = URL.createObjectURL(bytes);
          this.objectUrl.set(shown);
        },
        error: () => this.isMissing.set(true),
      });
      onCleanup(() => {
        fetching.unsubscribe();
        this.objectUrl.set(null);
        if (shown) URL.revokeObjectURL(shown);
      });
    });
  }

  protected ratio(): string | null {
    const [width, height] = [this.width(), this.height()];
    return width && height ? `${width} / ${height}` : null;
  }
}
