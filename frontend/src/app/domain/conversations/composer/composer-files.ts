import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import { uuidv7 } from 'uuidv7';

import { Attachment, MessageKind } from '../../../core/api/models';
import { MESSAGE_RULES, RefusedFile } from '../../attachments/attachment-rules';
import { StagedUpload, StagedUploads } from '../../attachments/staged-uploads';
import { KeptFiles } from '../drafts/kept-files';
import type { DraftPlace } from '../engine/outbox-store';
import { OutgoingFile, stagedFile } from '../engine/outgoing-messages';

/** One file beside the text: just added, or kept with the draft from before. */
export interface ComposerFile {
  readonly key: string;
  readonly filename: string;
  readonly size: number;
  readonly previewUrl: string | null;
  /** `waiting`: it will be uploaded when there is a connection. */
  readonly state: StagedUpload['state'] | 'waiting';
  /** 0 to 1. */
  readonly sent: number;
  readonly attachment: Attachment | null;
  readonly problem: string | null;
}

/** Where the files of one draft are kept. */
type PlaceOf = (kind: MessageKind) => DraftPlace | null;

interface Added {
  readonly kind: MessageKind;
  /** Of this file in everything that is kept and sent. */
  readonly id: string;
}

type KeptByKind = Readonly<Record<MessageKind, readonly OutgoingFile[]>>;

const NONE: KeptByKind = { chat: [], comment: [], note: [] };
const PASSING = new Set([0, 401, 429, 502, 503, 504]);

/**
 * The files of the drafts of one ticket: uploaded as soon as they are added, and kept on this device until then. A file
 * belongs to the kind it was added under and never slips to another.
 */
@Injectable()
export class ComposerFiles {
  private readonly uploads = inject(StagedUploads);
  private readonly device = inject(KeptFiles);
  /** Files that the server has. */
  private readonly staged = signal<KeptByKind>(NONE);
  private readonly added = signal<ReadonlyMap<number, Added>>(new Map());
  private readonly noted = new Set<string>();
  private placeOf: PlaceOf = () => null;

  constructor() {
    effect(() => {
      for (const item of this.uploads.items()) if (item.attachment) untracked(() => this.noteStaged(item));
    });
  }

  /** Says where the files of each kind are kept. */
  keepAt(placeOf: PlaceOf): void {
    this.placeOf = placeOf;
  }

  /** Reads signals: use it in templates and computeds. */
  of(kind: MessageKind): readonly ComposerFile[] {
    return [...this.staged()[kind].map(asStagedFile), ...this.uploadsOf(kind).map(asUploadedFile)];
  }

  /** The files of one kind that the server has. */
  arrived(kind: MessageKind): Attachment[] {
    return this.of(kind).flatMap(({ attachment }) => attachment ?? []);
  }

  /** As they go with a message: what has not arrived yet is uploaded on the way. */
  outgoing(kind: MessageKind): OutgoingFile[] {
    return [...this.staged()[kind], ...this.uploadsOf(kind).map((item) => this.asOutgoing(item))];
  }

  /** Answers what was refused, with reasons; everything else is on its way. */
  add(ticketId: number, kind: MessageKind, files: readonly File[]): RefusedFile[] {
    const maxFiles = MESSAGE_RULES.maxFiles - this.staged()[kind].length;
    return this.upload(ticketId, kind, files, files.map(uuidv7), maxFiles);
  }

  retry(ticketId: number, file: ComposerFile): void {
    const upload = this.find(file);
    if (upload) this.uploads.retry(ticketId, upload.key);
  }

  /** Tries again what could not be uploaded for want of a connection. */
  retryWaiting(ticketId: number): void {
    for (const item of this.uploads.items()) if (isWaiting(item)) this.uploads.retry(ticketId, item.key);
  }

  remove(kind: MessageKind, file: ComposerFile): void {
    const upload = this.find(file);
    this.device.drop(upload ? this.idOf(upload) : file.key);
    if (upload) this.uploads.remove(upload.key);
    else this.setStaged(kind, (files) => files.filter(({ id }) => id !== file.key));
  }

  /** Files of a message that did not go out, before those that were added since. */
  bringBack(ticketId: number, kind: MessageKind, files: readonly OutgoingFile[]): void {
    const known = new Set(this.outgoing(kind).map(({ id }) => id));
    const lost = files.filter(({ id }) => !known.has(id));
    this.take(ticketId, kind, lost);
    for (const file of this.outgoing(kind)) this.keep(kind, file);
  }

  /** Shows the files of a draft: those the server has, and those that are on this device alone. */
  async show(ticketId: number, kind: MessageKind, attachments: readonly Attachment[]): Promise<void> {
    const place = this.placeOf(kind);
    this.forget(kind);
    const here = place ? await this.device.list(place) : [];
    if (this.placeOf(kind)?.clientMsgId !== place?.clientMsgId) return;
    const hereOf = new Map(here.flatMap((file) => (file.attachment ? [[file.attachment.id, file] as const] : [])));
    const fromServer = attachments.map((attachment) => hereOf.get(attachment.id) ?? stagedFile(attachment));
    this.take(ticketId, kind, [...fromServer, ...here.filter(({ attachment }) => attachment === null)]);
  }

  /** Moves all files of one kind to another. */
  move(from: MessageKind, to: MessageKind): void {
    this.staged.update((files) => ({ ...files, [to]: [...files[to], ...files[from]], [from]: [] }));
    this.added.update(
      (added) => new Map([...added].map(([key, file]) => [key, file.kind === from ? { ...file, kind: to } : file])),
    );
    for (const file of this.outgoing(to)) this.keep(to, file);
  }

  /** They were handed over with a message, or belong to a draft that is no longer shown. */
  forget(kind: MessageKind): void {
    this.setStaged(kind, () => []);
    for (const item of this.uploadsOf(kind)) this.uploads.remove(item.key);
  }

  private take(ticketId: number, kind: MessageKind, files: readonly OutgoingFile[]): void {
    const [staged, bytes] = [files.filter(({ attachment }) => attachment), files.filter((file) => !file.attachment)];
    this.setStaged(kind, (known) => {
      const ids = new Set(known.map(({ id }) => id));
      return [...staged.filter(({ id }) => !ids.has(id)), ...known];
    });
    const uploading = new Set(this.uploadsOf(kind).map((item) => this.idOf(item)));
    for (const { id, blob, name, mediaType } of bytes) {
      if (!blob || uploading.has(id)) continue;
      this.upload(ticketId, kind, [new File([blob], name, { type: mediaType })], [id], MESSAGE_RULES.maxFiles);
    }
  }

  private upload(
    ticketId: number,
    kind: MessageKind,
    files: readonly File[],
    ids: readonly string[],
    maxFiles: number,
  ): RefusedFile[] {
    const before = new Set(this.uploads.items().map(({ key }) => key));
    const refused = this.uploads.add(ticketId, files, { ...MESSAGE_RULES, maxFiles });
    for (const item of this.uploads.items()) {
      if (before.has(item.key)) continue;
      const id = ids[files.indexOf(item.file)] ?? uuidv7();
      this.added.update((added) => new Map(added).set(item.key, { kind, id }));
      this.keep(kind, this.asOutgoing(item));
    }
    return refused;
  }

  private noteStaged(item: StagedUpload): void {
    const added = this.added().get(item.key);
    if (!added || this.noted.has(added.id)) return;
    this.noted.add(added.id);
    this.keep(added.kind, this.asOutgoing(item));
  }

  private keep(kind: MessageKind, file: OutgoingFile): void {
    const place = this.placeOf(kind);
    if (place) this.device.keep(place, file);
  }

  private setStaged(kind: MessageKind, change: (files: readonly OutgoingFile[]) => readonly OutgoingFile[]): void {
    this.staged.update((files) => ({ ...files, [kind]: change(files[kind]) }));
  }

  private uploadsOf(kind: MessageKind): StagedUpload[] {
    return this.uploads.items().filter(({ key }) => this.added().get(key)?.kind === kind);
  }

  private asOutgoing(item: StagedUpload): OutgoingFile {
    const { file, attachment } = item;
    return { id: this.idOf(item), name: file.name, mediaType: file.type, size: file.size, blob: file, attachment };
  }

  private idOf({ key }: StagedUpload): string {
    return this.added().get(key)?.id ?? '';
  }

  private find(file: ComposerFile): StagedUpload | undefined {
    return this.uploads.items().find((item) => uploadKey(item) === file.key);
  }
}

const uploadKey = ({ key }: StagedUpload): string => `upload-${key}`;

const isWaiting = ({ state, problem }: StagedUpload): boolean =>
  state === 'failed' && problem !== null && PASSING.has(problem.status);

function asUploadedFile(item: StagedUpload): ComposerFile {
  const { file, previewUrl, state, sent, attachment, problem } = item;
  return {
    key: uploadKey(item),
    filename: file.name,
    size: file.size,
    previewUrl,
    state: isWaiting(item) ? 'waiting' : state,
    sent,
    attachment,
    problem: problem ? (problem.errors[0]?.message ?? problem.detail) : null,
  };
}

function asStagedFile({ id, name, size, attachment }: OutgoingFile): ComposerFile {
  return { key: id, filename: name, size, previewUrl: null, state: 'staged', sent: 1, attachment, problem: null };
}
