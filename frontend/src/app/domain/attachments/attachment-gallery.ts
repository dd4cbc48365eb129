import { ChangeDetectionStrategy, Component, Injector, computed, inject, input, signal } from '@angular/core';

import { Attachment } from '../../core/api/models';
import { ProblemNotifier } from '../../core/problems/problem-notifier';
import { FileSizePipe } from '../../shared/files/file-size';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { AttachmentDownload } from './attachment-download';
import { AuthenticatedImage } from './authenticated-image';

/**
 * The files of a ticket or message: pictures with their true proportions, opened in a viewer by click; PDFs as tiles
 * that download. `<app-attachment-gallery [attachments]="message.attachments" />`
 */
@Component({
  selector: 'app-attachment-gallery',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, AuthenticatedImage, FileSizePipe],
  template: `
    @if (pictures().length > 0) {
      <ul class="pictures" [class.single]="pictures().length === 1">
        @for (picture of pictures(); track picture.id; let index = $index) {
          <li>
            <button
              type="button"
              [attr.aria-label]="t('conversation.file.open', { name: picture.filename })"
              [title]="picture.filename"
              [style.aspect-ratio]="ratioOf(picture)"
              (click)="open(index)"
            >
              <app-authenticated-image
                [src]="picture.thumbnailUrl ?? picture.url"
                [alt]="picture.filename"
                [width]="picture.width"
                [height]="picture.height"
              />
            </button>
          </li>
        }
      </ul>
    }
    @if (documents().length > 0) {
      <ul class="documents">
        @for (file of documents(); track file.id) {
          <li>
            <button
              type="button"
              [attr.aria-label]="t('conversation.file.download', { name: file.filename })"
              [disabled]="busyId() === file.id"
              (click)="download(file)"
            >
              <span class="badge" aria-hidden="true">PDF</span>
              <span class="name">{{ file.filename }}</span>
              <span class="size">{{ file.size | fileSize }}</span>
              <app-icon name="download" />
            </button>
          </li>
        }
      </ul>
    }
  `,
  styleUrl: './attachment-gallery.scss',
})
export class AttachmentGallery {
  protected readonly t = t;
  private readonly injector = inject(Injector);
  private readonly downloads = inject(AttachmentDownload);
  private readonly problems = inject(ProblemNotifier);

  readonly attachments = input.required<readonly Attachment[]>();

  protected readonly pictures = computed(() => this.attachments().filter(isPicture));
  protected readonly documents = computed(() => this.attachments().filter((file) => !isPicture(file)));
  protected readonly busyId = signal<string | null>(null);

  /** Reserves the room before the picture is there; very long or wide ones are cropped. */
  protected ratioOf({ width, height }: Attachment): string {
    return width && height ? String(Math.min(Math.max(width / height, 0.6), 2.4)) : '1';
  }

  protected async open(index: number): Promise<void> {
    try {
      const { openPictureViewer } = await import('./picture-viewer');
      openPictureViewer(this.injector, this.pictures(), index);
    } catch (error) {
      this.problems.show(error, t('conversation.file.notOpened'));
    }
  }

  protected download(file: Attachment): void {
    this.busyId.set(file.id);
    this.downloads.save(file).subscribe({
      error: (error: unknown) => {
        this.busyId.set(null);
        this.problems.show(error, t('conversation.file.notDownloaded', { name: file.filename }));
      },
      complete: () => this.busyId.set(null),
    });
  }
}

function isPicture({ mediaType }: Attachment): boolean {
  return mediaType.startsWith('image/');
}
