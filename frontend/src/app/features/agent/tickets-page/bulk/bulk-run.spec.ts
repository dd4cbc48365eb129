import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting, TestRequest } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';

import { BulkResult } from '../../../../core/api/models';
import { Notices } from '../../../../core/problems/notices';
import { BulkRun } from './bulk-run';

describe('BulkRun', () => {
  let run: BulkRun;
  let http: HttpTestingController;

  beforeEach(() => {
    jest.useFakeTimers();
    TestBed.configureTestingModule({ providers: [BulkRun, provideHttpClient(), provideHttpClientTesting()] });
    run = TestBed.inject(BulkRun);
    http = TestBed.inject(HttpTestingController);
  });
  afterEach(() => jest.useRealTimers());

  const numbers = (count: number): number[] => Array.from({ length: count }, (_unused, index) => 1001 + index);
  const sent = (): TestRequest => http.expectOne({ url: '/api/tickets/bulk', method: 'POST' });
  const keyOf = ({ request }: TestRequest): string | null => request.headers.get('Idempotency-Key');
  const idsOf = ({ request }: TestRequest): number[] => (request.body as { ids: number[] }).ids;
  const done = (ticketId: number): BulkResult => ({ ticketId, ok: true, version: 2, before: { status: 'open' } });
  const answer = (request: TestRequest, results = idsOf(request).map(done)): void => request.flush({ results });
  const refuse = (request: TestRequest, status: number, code: string): void =>
    request.flush({ code, detail: 'Not now.' }, { status, statusText: 'No' });

  it('changes many tickets in parts, one after the other, each under a key of its own', () => {
    run.change(numbers(120), { status: 'resolved' });
    const first = sent();
    expect(first.request.body).toEqual({ ids: numbers(50), action: { status: 'resolved' } });
    answer(first);
    expect(run.progress()).toEqual({ done: 50, total: 120 });
    const second = sent();
    expect(keyOf(second)).not.toBe(keyOf(first));
    answer(second);
    const third = sent();
    expect(idsOf(third)).toHaveLength(20);
    answer(third);
    expect(run.progress()).toBeNull();
    expect(run.outcome()).toMatchObject({ changed: 120, unchanged: 0, left: 0, failed: [] });
  });

  it('tells apart what was changed, what already was so, and what was refused', () => {
    run.change(numbers(3), { status: 'resolved' });
    const failed = { ticketId: 1003, ok: false, code: 'invalid-transition', detail: 'The ticket is closed.' };
    answer(sent(), [done(1001), { ticketId: 1002, ok: true, version: 1 }, failed]);
    expect(run.outcome()).toMatchObject({ changed: 1, unchanged: 1, failed: [failed] });
  });

  it('sends a part again with the same key when its answer was lost', () => {
    run.change(numbers(2), { priority: 'high' });
    const lost = sent();
    lost.error(new ProgressEvent('error'));
    jest.advanceTimersByTime(1_000);
    const again = sent();
    expect(keyOf(again)).toBe(keyOf(lost));
    answer(again);
    expect(run.outcome()).toMatchObject({ changed: 2 });
  });

  it('waits for a first try that is still running', () => {
    run.change(numbers(1), { priority: 'high' });
    refuse(sent(), 409, 'in-progress');
    jest.advanceTimersByTime(1_000);
    answer(sent());
    expect(run.outcome()?.changed).toBe(1);
  });

  it('leaves the rest alone once a part fails for good, and says so for each ticket', () => {
    run.change(numbers(60), { addTags: ['x'] });
    refuse(sent(), 403, 'forbidden');
    http.expectNone('/api/tickets/bulk');
    expect(run.outcome()?.failed).toHaveLength(60);
    expect(run.outcome()?.failed[59]).toMatchObject({ ticketId: 1060, code: 'forbidden', detail: 'Not now.' });
  });

  it('takes back what it changed, and nothing else', () => {
    run.change(numbers(2), { status: 'resolved' });
    answer(sent(), [done(1001), { ticketId: 1002, ok: false, code: 'stale', detail: 'Changed.' }]);
    expect(run.canUndo()).toBe(true);
    run.undo();
    const undo = sent();
    expect(undo.request.body).toEqual({ undo: [{ ticketId: 1001, version: 2, before: { status: 'open' } }] });
    answer(undo, [{ ticketId: 1001, ok: true, version: 3, before: { status: 'resolved' } }]);
    expect(run.outcome()).toMatchObject({ isUndo: true, changed: 1 });
    expect(run.canUndo()).toBe(false);
  });

  it('stops after the part that is on its way, and can take that part back', () => {
    run.change(numbers(120), { status: 'resolved' });
    const first = sent();
    run.stop();
    answer(first);
    http.expectNone('/api/tickets/bulk');
    expect(run.outcome()).toMatchObject({ changed: 50, left: 70 });
    expect(run.canUndo()).toBe(true);
  });

  it('says how far it came when the page is left', () => {
    const notices = TestBed.inject(Notices);
    run.change(numbers(60), { status: 'resolved' });
    answer(sent());
    TestBed.resetTestingModule();
    expect(notices.shown()[0]?.text).toBe('The change was stopped: 50 of 60 tickets were reached.');
  });
});
