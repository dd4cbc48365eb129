import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Session } from '../../../core/session/session';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { FakeConnection } from '../testing/fake-connection';
import { begun, DraftRecord, isUnsaved } from './draft-record';
import { DraftPlace, DraftShelf } from './draft-shelf';
import { DraftSync } from './draft-sync';

const PLACE: DraftPlace = { ticketId: 1001, kind: 'chat' };
const URL = '/api/tickets/1001/drafts/chat';

describe('Drafts on their way to the server', () => {
  const user = signal<{ id: string } | null>(null);
  let connection: FakeConnection;
  let http: HttpTestingController;
  let shelf: DraftShelf;
  let sync: DraftSync;

  beforeEach(() => {
    jest.useFakeTimers();
    localStorage.clear();
    user.set({ id: 'ana' });
    connection = new FakeConnection();
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        { provide: Session, useValue: { user, personId: () => user()?.id ?? null } },
        { provide: RealtimeConnection, useValue: connection },
      ],
    });
    http = TestBed.inject(HttpTestingController);
    shelf = TestBed.inject(DraftShelf);
    sync = TestBed.inject(DraftSync);
  });

  afterEach(() => {
    http.verify();
    jest.useRealTimers();
  });

  function write(body: string, changes: Partial<DraftRecord> = {}): void {
    shelf.write(PLACE, { ...(shelf.read(PLACE) ?? begun('draft-1', 4)), body, ...changes });
    sync.saveSoon(PLACE);
  }

  const pass = (milliseconds: number): Promise<void> => jest.advanceTimersByTimeAsync(milliseconds);

  async function answer(request: TestRequest): Promise<void> {
    const { body, clientMsgId, baseSeq } = request.request.body as DraftRecord;
    request.flush({ ...PLACE, body, clientMsgId, baseSeq, attachments: [], updatedAt: new Date().toISOString() });
    await pass(0);
  }

  it('are saved two seconds after the first key, with everything typed by then', async () => {
    write('H');
    await pass(1_900);
    write('Hello');
    http.expectNone(URL);
    await pass(100);
    const request = http.expectOne({ method: 'PUT', url: URL });
    expect(request.request.body).toEqual({ body: 'Hello', attachmentIds: [], clientMsgId: 'draft-1', baseSeq: 4 });
    await answer(request);
    expect(isUnsaved(shelf.read(PLACE) as DraftRecord)).toBe(false);
  });

  it('are saved again when something was typed meanwhile', async () => {
    write('Hello');
    await pass(2_000);
    const first = http.expectOne(URL);
    write('Hello there');
    await answer(first);
    await pass(2_000);
    await answer(http.expectOne(URL));
    expect(shelf.read(PLACE)).toMatchObject({ body: 'Hello there' });
  });

  it('wait on the device while the server is away, and go once it is back', async () => {
    write('Hello');
    await pass(2_000);
    http.expectOne(URL).error(new ProgressEvent('error'));
    await pass(0);
    expect(sync.isFailing()).toBe(true);
    connection.connected.next();
    await pass(0);
    await answer(http.expectOne(URL));
    expect([isUnsaved(shelf.read(PLACE) as DraftRecord), sync.isFailing()]).toEqual([false, false]);
    await pass(60_000);
  });

  it('are thrown away there when they were emptied here', async () => {
    write('Hello');
    await pass(2_000);
    await answer(http.expectOne(URL));
    write('');
    await pass(2_000);
    http.expectOne({ method: 'DELETE', url: `${URL}?clientMsgId=draft-1` }).flush(null);
    await pass(0);
    expect(shelf.read(PLACE)).toBeNull();
  });

  it('go on under an id of their own when the message was sent from elsewhere', async () => {
    write('Hello, and more');
    await pass(2_000);
    http.expectOne(URL).flush({ code: 'already-sent', status: 409 }, { status: 409, statusText: 'Conflict' });
    await pass(2_000);
    const again = http.expectOne(URL);
    expect(again.request.body).toMatchObject({ body: 'Hello, and more' });
    expect((again.request.body as { clientMsgId: string }).clientMsgId).not.toBe('draft-1');
    await answer(again);
  });

  it('are not sent again and again when they are refused for good', async () => {
    write('Hello');
    await pass(2_000);
    http.expectOne(URL).flush({ code: 'forbidden', status: 403 }, { status: 403, statusText: 'Forbidden' });
    await pass(60_000);
    expect(shelf.read(PLACE)?.body).toBe('Hello');
  });

  it('stay with the person who wrote them', async () => {
    write('of Ana');
    user.set({ id: 'ben' });
    expect([shelf.read(PLACE), shelf.places()]).toEqual([null, []]);
    await pass(2_000);
    user.set({ id: 'ana' });
    expect(shelf.read(PLACE)?.body).toBe('of Ana');
  });

  it('follow what the same person writes on another device', async () => {
    const draft = { ...PLACE, body: 'from the phone', attachments: [], clientMsgId: 'draft-9', baseSeq: 5 };
    connection.push('draft:changed', { ...PLACE, draft: { ...draft, updatedAt: new Date().toISOString() } });
    expect(shelf.read(PLACE)).toMatchObject({ body: 'from the phone', clientMsgId: 'draft-9', baseSeq: 5 });
    connection.push('draft:changed', { ...PLACE, draft: null });
    expect(shelf.read(PLACE)).toBeNull();
    await pass(60_000);
  });
});
