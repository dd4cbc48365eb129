import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { StagedUploads } from './staged-uploads';

const picture = (name: string) => new File(['bytes'], name, { type: 'image/png' });
const staged = (id: string) => ({
  id,
  filename: 'a.png',
  mediaType: 'image/png',
  size: 5,
  url: `/api/attachments/${id}`,
});

describe('StagedUploads', () => {
  let uploads: StagedUploads;
  let http: HttpTestingController;
  const revoke = jest.fn();

  beforeEach(() => {
    revoke.mockReset();
    Object.assign(URL, { createObjectURL: (file: File) => `blob:${file.name}`, revokeObjectURL: revoke });
    TestBed.configureTestingModule({
      providers: [StagedUploads, provideHttpClient(), provideHttpClientTesting()],
    });
    uploads = TestBed.inject(StagedUploads);
    http = TestBed.inject(HttpTestingController);
  });

  const request = () => http.expectOne('/api/tickets/1001/attachments');

  it('uploads at once and makes senders wait until the file is there', () => {
    uploads.add(1001, [picture('a.png')]);
    expect(uploads.isUploading()).toBe(true);
    expect(uploads.attachmentIds()).toEqual([]);
    request().flush(staged('f1'));
    expect(uploads.isUploading()).toBe(false);
    expect(uploads.attachmentIds()).toEqual(['f1']);
  });

  it('keeps a failed file with its reason and can try again', () => {
    uploads.add(1001, [picture('a.png')]);
    request().flush(
      { code: 'unsupported-media', detail: 'a.png is not a picture.' },
      { status: 415, statusText: 'No' },
    );
    const [failed] = uploads.items();
    expect(failed).toMatchObject({ state: 'failed', problem: { detail: 'a.png is not a picture.' } });
    expect(uploads.hasFailed()).toBe(true);
    uploads.retry(1001, failed?.key ?? 0);
    request().flush(staged('f2'));
    expect(uploads.attachmentIds()).toEqual(['f2']);
  });

  it('cancels the upload of a removed file and frees its preview', () => {
    uploads.add(1001, [picture('a.png')]);
    const running = request();
    uploads.remove(uploads.items()[0]?.key ?? 0);
    expect(running.cancelled).toBe(true);
    expect(revoke).toHaveBeenCalledWith('blob:a.png');
    expect(uploads.items()).toEqual([]);
  });

  it('answers what the rules refuse without uploading it', () => {
    const refused = uploads.add(1001, [new File(['x'], 'a.txt', { type: 'text/plain' })]);
    expect(refused[0]?.reason).toBe('a.txt is not a PNG, JPEG or PDF file.');
    http.expectNone('/api/tickets/1001/attachments');
  });
});
