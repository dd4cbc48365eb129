import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, TestRequest, provideHttpClientTesting } from '@angular/common/http/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

import { Session } from './session';
import { sessionInterceptor } from './session-interceptor';

describe('sessionInterceptor', () => {
  const token = signal<string | null>('old');
  const user = signal({ id: 'cora' });
  const refresh = jest.fn<Promise<string | null>, []>();
  let http: HttpClient;
  let requests: HttpTestingController;

  beforeEach(() => {
    token.set('old');
    user.set({ id: 'cora' });
    refresh.mockReset();
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([sessionInterceptor])),
        provideHttpClientTesting(),
        { provide: Session, useValue: { accessToken: token, refresh, user } },
      ],
    });
    http = TestBed.inject(HttpClient);
    requests = TestBed.inject(HttpTestingController);
  });

  afterEach(() => requests.verify());

  const bearerOf = ({ request }: TestRequest) => request.headers.get('Authorization');
  const unauthenticated = (request: TestRequest) =>
    request.flush({ code: 'unauthenticated' }, { status: 401, statusText: 'Unauthorized' });

  it('sends the token with requests to the own API', () => {
    http.get('/api/tickets').subscribe();
    expect(bearerOf(requests.expectOne('/api/tickets'))).toBe('Bearer old');
  });

  it.each(['https://elsewhere.example/api/tickets', '//elsewhere.example/api/', '/assets/api/x'])(
    'never sends the token to %s',
    (url) => {
      http.get(url).subscribe();
      expect(bearerOf(requests.expectOne(url))).toBeNull();
    },
  );

  it('asks again for nobody but the one who asked', async () => {
    refresh.mockImplementation(async () => {
      user.set({ id: 'ben' });
      return 'of ben';
    });
    const failures: unknown[] = [];
    http.post('/api/tickets/1001/messages', {}).subscribe({ error: (error: unknown) => failures.push(error) });
    unauthenticated(requests.expectOne('/api/tickets/1001/messages'));
    await Promise.resolve();
    expect(failures).toMatchObject([{ status: 401 }]);
  });

  it('refreshes once after a 401 and asks again', async () => {
    refresh.mockResolvedValue('new');
    const seen: unknown[] = [];
    http.get('/api/tickets').subscribe((body) => seen.push(body));
    unauthenticated(requests.expectOne('/api/tickets'));
    await Promise.resolve();
    const again = requests.expectOne('/api/tickets');
    expect(bearerOf(again)).toBe('Bearer new');
    again.flush(['a ticket']);
    expect(seen).toEqual([['a ticket']]);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('uses the token that another request has fetched meanwhile', async () => {
    http.get('/api/tickets').subscribe();
    token.set('fresh already');
    unauthenticated(requests.expectOne('/api/tickets'));
    await Promise.resolve();
    expect(bearerOf(requests.expectOne('/api/tickets'))).toBe('Bearer fresh already');
    expect(refresh).not.toHaveBeenCalled();
  });

  it('hands the refusal on when the sign-in is over', async () => {
    refresh.mockResolvedValue(null);
    const failed: unknown[] = [];
    http.get('/api/tickets').subscribe({ error: (error: unknown) => failed.push(error) });
    unauthenticated(requests.expectOne('/api/tickets'));
    await Promise.resolve();
    expect(failed).toMatchObject([{ status: 401 }]);
  });

  it('leaves other refusals alone', () => {
    http.get('/api/tickets').subscribe({ error: () => undefined });
    requests.expectOne('/api/tickets').flush({}, { status: 403, statusText: 'Forbidden' });
    expect(refresh).not.toHaveBeenCalled();
  });
});
