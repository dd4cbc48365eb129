import type { DraftFiles, DraftPlace } from '../engine/outbox-store';
import type { OutgoingFile } from '../engine/outgoing-messages';

/** Files of drafts as a device keeps them, without a device. */
export class MemoryDraftFiles implements DraftFiles {
  private readonly files = new Map<string, { place: string; file: OutgoingFile }>();

  list(place: DraftPlace): Promise<OutgoingFile[]> {
    const name = nameOf(place);
    return Promise.resolve([...this.files.values()].filter((kept) => kept.place === name).map(({ file }) => file));
  }

  keep(place: DraftPlace, file: OutgoingFile): Promise<void> {
    this.files.set(file.id, { place: nameOf(place), file });
    return Promise.resolve();
  }

  drop(fileId: string): Promise<void> {
    this.files.delete(fileId);
    return Promise.resolve();
  }
}

const nameOf = ({ userId, ticketId, kind, clientMsgId }: DraftPlace): string =>
  [userId, ticketId, kind, clientMsgId].join('/');
