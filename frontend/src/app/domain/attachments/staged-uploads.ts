import { Injectable, OnDestroy, computed, inject, signal } from '@angular/core';
import { Subscription } from 'rxjs';

import { Attachment } from '../../core/api/models';
import { Problem, toProblem } from '../../shared/problems/problem';
import { AttachmentRules, FileKind, MESSAGE_RULES, RefusedFile, checkFiles, kindOf } from './attachment-rules';
import { AttachmentsApi } from './attachments-api';

export interface StagedUpload {
  /** Of this page only; the server's id is in `attachment`. */
  readonly key: number;
  readonly file: File;
  readonly kind: FileKind;
  /** An object URL for pictures; revoked when the entry goes. */
  readonly previewUrl: string | null;
  readonly state: 'uploading' | 'staged' | 'failed';
  /** 0 to 1. */
  readonly sent: number;
  readonly attachment: Attachment | null;
  readonly problem: Problem | null;
}

/**
 * The files of one message that is being written. Provide it on the composer's component, so that everything under way
 * is cancelled and every preview is freed with it.
 */
@Injectable()
export class StagedUploads implements OnDestroy {
  private readonly api = inject(AttachmentsApi);
  private readonly running = new Map<number, Subscription>();
  private readonly all = signal<readonly StagedUpload[]>([]);
  private nextKey = 1;

  readonly items = this.all.asReadonly();
  /** While true, sending has to wait. */
  readonly isUploading = computed(() => this.all().some(({ state }) => state === 'uploading'));
  readonly hasFailed = computed(() => this.all().some(({ state }) => state === 'failed'));
  /** In the order shown; only of files that arrived. */
  readonly attachmentIds = computed(() => this.all().flatMap(({ attachment }) => (attachment ? [attachment.id] : [])));

  /** Starts uploading what the rules allow and answers what they refuse. */
  add(ticketId: number, files: readonly File[], rules: AttachmentRules = MESSAGE_RULES): RefusedFile[] {
    const present = this.all().map(({ file }) => file);
    const { accepted, refused } = checkFiles(present, files, rules);
    for (const file of accepted) this.start(ticketId, this.newEntry(file));
    return refused;
  }

  retry(ticketId: number, key: number): void {
    const entry = this.all().find((item) => item.key === key);
    if (entry?.state === 'failed') this.upload(ticketId, entry);
  }

  /** Removes an entry; an upload under way is cancelled. What was staged already expires on the server. */
  remove(key: number): void {
    this.running.get(key)?.unsubscribe();
    this.running.delete(key);
    const entry = this.all().find((item) => item.key === key);
    if (entry?.previewUrl) URL.revokeObjectURL(entry.previewUrl);
    this.all.update((items) => items.filter((item) => item.key !== key));
  }

  /** Call it after the message with these files was handed over. */
  clear(): void {
    for (const { key } of this.all()) this.remove(key);
  }

  ngOnDestroy(): void {
    this.clear();
  }

  private newEntry(file: File): StagedUpload {
    const kind = kindOf(file) ?? 'pdf';
    return {
      key: this.nextKey++,
      file,
      kind,
      previewUrl: kind === 'image' ? URL.createObjectURL(file) : null,
      state: 'uploading',
      sent: 0,
      attachment: null,
      problem: null,
    };
  }

  private start(ticketId: number, entry: StagedUpload): void {
    this.all.update((items) => [...items, entry]);
    this.upload(ticketId, entry);
  }

  private upload(ticketId: number, { key, file }: StagedUpload): void {
    this.patch(key, { state: 'uploading', sent: 0, problem: null });
    const upload = this.api.upload(ticketId, file).subscribe({
      next: (progress) => {
        if (progress.kind === 'uploading') this.patch(key, { sent: progress.sent });
        else this.patch(key, { state: 'staged', sent: 1, attachment: progress.attachment });
      },
      error: (error: unknown) => this.patch(key, { state: 'failed', problem: toProblem(error) }),
    });
    this.running.set(key, upload);
  }

  private patch(key: number, change: Partial<StagedUpload>): void {
    this.all.update((items) => items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  }
}
