import {
  ChangeDetectionStrategy,
  Component,
  DestroyRef,
  ElementRef,
  computed,
  inject,
  input,
  model,
  signal,
  viewChild,
} from '@angular/core';

import { FileSizePipe, formatFileSize } from '../../shared/files/file-size';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import {
  ACCEPTED_FILES,
  AttachmentRules,
  NEW_TICKET_RULES,
  RefusedFile,
  checkFiles,
  filesOf,
  kindOf,
} from './attachment-rules';

/**
 * Picking files before anything is uploaded: by button, drop or paste, with the rules said before, counted, and a
 * reason for each refused file. `<app-file-picker [(files)]="files" />`
 */
@Component({
  selector: 'app-file-picker',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, FileSizePipe],
  host: {
    '(dragover)': 'hover($event)',
    '(dragleave)': 'isHovered.set(false)',
    '(drop)': 'drop($event)',
    '[class.hovered]': 'isHovered()',
  },
  templateUrl: './file-picker.html',
  styleUrl: './file-picker.scss',
})
export class FilePicker {
  protected readonly t = t;
  readonly files = model<readonly File[]>([]);
  readonly rules = input<AttachmentRules>(NEW_TICKET_RULES);
  /** What the server refused, by the file's name. */
  readonly refusals = input<readonly RefusedFile[]>([]);
  readonly label = input<string>();

  private readonly chooser = viewChild.required<ElementRef<HTMLInputElement>>('chooser');
  private readonly previews = new Map<File, string>();
  private readonly refusedNow = signal<readonly RefusedFile[]>([]);

  protected readonly accepted = ACCEPTED_FILES;
  protected readonly isHovered = signal(false);
  protected readonly refused = computed(() => [...this.refusals(), ...this.refusedNow()]);
  protected readonly limits = computed(() => {
    const { maxImages, maxPdfs, imageMaxBytes, pdfMaxBytes } = this.rules();
    const [pictureSize, pdfSize] = [formatFileSize(imageMaxBytes), formatFileSize(pdfMaxBytes)];
    return t('conversation.picker.limits', { pictures: maxImages, pictureSize, pdfs: maxPdfs, pdfSize });
  });
  protected readonly counted = computed(() => {
    const images = this.files().filter((file) => kindOf(file) === 'image').length;
    const pdfs = this.files().length - images;
    const { maxImages, maxPdfs } = this.rules();
    return t('conversation.picker.counted', { pictures: images, mostPictures: maxImages, pdfs, mostPdfs: maxPdfs });
  });

  constructor() {
    inject(DestroyRef).onDestroy(() => this.previews.forEach((url) => URL.revokeObjectURL(url)));
  }

  /** For a parent that takes pastes and drops on a larger area. */
  add(added: readonly File[]): void {
    const { accepted, refused } = checkFiles(this.files(), added, this.rules());
    this.refusedNow.set(refused);
    if (accepted.length > 0) this.files.update((files) => [...files, ...accepted]);
  }

  protected choose(): void {
    this.chooser().nativeElement.click();
  }

  protected chosen(input: HTMLInputElement): void {
    this.add([...(input.files ?? [])]);
    input.value = '';
  }

  protected hover(event: DragEvent): void {
    event.preventDefault();
    this.isHovered.set(true);
  }

  protected drop(event: DragEvent): void {
    event.preventDefault();
    this.isHovered.set(false);
    this.add(filesOf(event.dataTransfer));
  }

  protected remove(file: File): void {
    const preview = this.previews.get(file);
    if (preview) URL.revokeObjectURL(preview);
    this.previews.delete(file);
    this.refusedNow.set([]);
    this.files.update((files) => files.filter((other) => other !== file));
  }

  /** An object URL for pictures, made once per file. */
  protected previewOf(file: File): string | null {
    if (kindOf(file) !== 'image') return null;
    const known = this.previews.get(file);
    if (known) return known;
    const url = URL.createObjectURL(file);
    this.previews.set(file, url);
    return url;
  }
}
