import { inject, Injectable, signal } from '@angular/core';

import { Attachment, MessageKind } from '../../../core/api/models';
import { RefusedFile } from '../../attachments/attachment-rules';
import { StagedUpload, StagedUploads } from '../../attachments/staged-uploads';

/** One file beside the text: just added, or kept with the draft from before. */
export interface ComposerFile {
  readonly key: string;
  readonly filename: string;
  readonly size: number;
  readonly previewUrl: string | null;
  readonly state: StagedUpload['state'];
  /** 0 to 1. */
  readonly sent: number;
  readonly attachment: Attachment | null;
  readonly problem: string | null;
}

/** The files of the drafts of one ticket. A file belongs to the kind it was added under and never slips to another. */
@Injectable()
export class ComposerFiles {
  private readonly uploads = inject(StagedUploads);
  private readonly keptFiles = signal<Readonly<Record<MessageKind, readonly Attachment[]>>>(nothingKept());
  private readonly kindOfUpload = signal<ReadonlyMap<number, MessageKind>>(new Map());

  /** Reads signals: use it in templates and computeds. */
  of(kind: MessageKind): readonly ComposerFile[] {
    return [
      ...this.kept(kind).map(asKeptFile),
      ...this.uploads.items().flatMap((item) => (this.kindOf(item) === kind ? [asUploadedFile(item)] : [])),
    ];
  }

  /** The files of one kind that the server has. */
  arrived(kind: MessageKind): Attachment[] {
    return this.of(kind).flatMap(({ attachment }) => (attachment ? [attachment] : []));
  }

  /** Answers what was refused, with reasons; everything else is on its way. */
  add(ticketId: number, kind: MessageKind, files: readonly File[]): RefusedFile[] {
    const before = new Set(this.uploads.items().map(({ key }) => key));
    const refused = this.uploads.add(ticketId, files);
    const added = this.uploads.items().filter(({ key }) => !before.has(key));
    this.kindOfUpload.update((kinds) => new Map([...kinds, ...added.map(({ key }) => [key, kind] as const)]));
    return refused;
  }

  retry(ticketId: number, file: ComposerFile): void {
    const upload = this.find(file);
    if (upload) this.uploads.retry(ticketId, upload.key);
  }

  remove(kind: MessageKind, file: ComposerFile): void {
    const upload = this.find(file);
    if (upload) this.uploads.remove(upload.key);
    else
      this.keep(
        kind,
        this.kept(kind).filter(({ id }) => id !== file.attachment?.id),
      );
  }

  /** Brings files back that the server already has: from a draft, or from a message that was refused. */
  keep(kind: MessageKind, attachments: readonly Attachment[]): void {
    this.keptFiles.update((kept) => ({ ...kept, [kind]: attachments }));
  }

  /** Those of {@link keep} alone. */
  kept(kind: MessageKind): readonly Attachment[] {
    return this.keptFiles()[kind];
  }

  /** Moves all files of one kind to another. */
  move(from: MessageKind, to: MessageKind): void {
    this.keep(to, [...this.kept(to), ...this.kept(from)]);
    this.keep(from, []);
    this.kindOfUpload.update((kinds) => new Map([...kinds].map(([key, kind]) => [key, kind === from ? to : kind])));
  }

  /** The message with these files was handed over. */
  clear(kind: MessageKind): void {
    this.keep(kind, []);
    for (const item of this.uploads.items()) if (this.kindOf(item) === kind) this.uploads.remove(item.key);
  }

  /** Another ticket: nothing of this one stays. */
  reset(): void {
    this.keptFiles.set(nothingKept());
    this.uploads.clear();
    this.kindOfUpload.set(new Map());
  }

  private kindOf({ key }: StagedUpload): MessageKind | undefined {
    return this.kindOfUpload().get(key);
  }

  private find(file: ComposerFile): StagedUpload | undefined {
    return this.uploads.items().find((item) => uploadKey(item) === file.key);
  }
}

const uploadKey = ({ key }: StagedUpload): string => `upload-${key}`;

const nothingKept = (): Record<MessageKind, readonly Attachment[]> => ({ chat: [], comment: [], note: [] });

function asUploadedFile(item: StagedUpload): ComposerFile {
  const { file, previewUrl, state, sent, attachment, problem } = item;
  return {
    key: uploadKey(item),
    filename: file.name,
    size: file.size,
    previewUrl,
    state,
    sent,
    attachment,
    problem: problem ? (problem.errors[0]?.message ?? problem.detail) : null,
  };
}

function asKeptFile(attachment: Attachment): ComposerFile {
  const { id, filename, size } = attachment;
  return { key: id, filename, size, previewUrl: null, state: 'staged', sent: 1, attachment, problem: null };
}
