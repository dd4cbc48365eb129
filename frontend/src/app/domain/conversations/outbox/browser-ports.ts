import { inject, Injectable } from '@angular/core';
import { Observable } from 'rxjs';
import type { WireAttachment } from '@parley/socket-events';

import { AttachmentsApi } from '../../attachments/attachments-api';
import { toTransportError } from '../conversations-api';
import { LocalLocks, Locks } from '../engine/locks';
import type { OutgoingFile } from '../engine/outgoing-messages';
import { noOtherTabs, OutboxNews, Tabs } from '../engine/tabs';
import { TransportError, Uploads } from '../engine/transport';

/** Web Locks where the browser has them and allows them, else locks of this page alone. */
export class BrowserLocks implements Locks {
  private readonly own = new LocalLocks();
  private readonly shared = (navigator as Partial<Navigator>).locks;

  async request<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    let started = false;
    const begin = (): Promise<Result> => {
      started = true;
      return work();
    };
    try {
      return await (this.shared ? this.shared.request(name, begin) : this.own.request(name, begin));
    } catch (error) {
      if (started) throw error;
      return this.own.request(name, work); // this page may not lock
    }
  }
}

/** The other tabs of this browser, where it connects them. */
export function browserTabs(): Tabs {
  if (typeof BroadcastChannel === 'undefined') return noOtherTabs;
  const channel = new BroadcastChannel('parley-outbox');
  return {
    tell: (news) => channel.postMessage(news),
    listen: (listener) => {
      const heard = ({ data }: MessageEvent<OutboxNews>): void => listener(data);
      channel.addEventListener('message', heard);
      return () => channel.removeEventListener('message', heard);
    },
  };
}

/** The upload of files as the outbox wants it. */
@Injectable({ providedIn: 'root' })
export class HttpUploads implements Uploads {
  private readonly api = inject(AttachmentsApi);

  upload(
    ticketId: number,
    file: OutgoingFile,
    progress?: (sent: number) => void,
    signal?: AbortSignal,
  ): Promise<WireAttachment> {
    if (!file.blob) return Promise.reject(new TransportError('attachment_unavailable', false));
    const upload = this.api.upload(ticketId, new File([file.blob], file.name, { type: file.mediaType }));
    return asPromise(upload, progress, signal);
  }
}

type Progress = ReturnType<AttachmentsApi['upload']> extends Observable<infer Step> ? Step : never;

function asPromise(
  upload: Observable<Progress>,
  progress: ((sent: number) => void) | undefined,
  signal: AbortSignal | undefined,
): Promise<WireAttachment> {
  return new Promise((resolve, reject) => {
    const running = upload.subscribe({
      next: (step) => (step.kind === 'uploading' ? progress?.(step.sent) : resolve(step.attachment)),
      error: (error: unknown) => reject(toTransportError(error)),
    });
    signal?.addEventListener('abort', () => running.unsubscribe());
  });
}
