import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectStatus, problem, testApi, type Answer } from './support/api-client';

const TOKEN = 'a-token-for-those-who-watch';
const api = testApi({ env: { METRICS_TOKEN: TOKEN } });

const read = (headers?: Record<string, string>): Promise<Answer> => api.anyone.get('/metrics', headers);
const figure = (answer: Answer, start: string): number =>
  Number(
    String(answer.body)
      .split('\n')
      .find((line) => line.startsWith(start))
      ?.split(' ')
      .at(-1),
  );

describe('the metrics', () => {
  it('are told to the machine of the server, in the format of Prometheus', async () => {
    const answer = expectStatus(200, await read());
    expect(answer.headers['content-type']).toContain('text/plain');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(figure(answer, 'nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
    expect(figure(answer, 'process_resident_memory_bytes')).toBeGreaterThan(1_000_000);
    expect(figure(answer, 'parley_sockets')).toBe(0);
    expect(figure(answer, 'parley_outbox_jobs{state="parked"}')).toBe(0);
  });

  it('hold everything that the dashboard and the alerts in docker/ ask for', async () => {
    const watch = join(__dirname, '../../docker/watch');
    const papers = ['alerts.yaml', 'grafana/dashboards/parley.json'].map((path) =>
      readFileSync(join(watch, path), 'utf8'),
    );
    const asked = papers.join('\n').match(/\b(?:parley|nodejs|process)_\w+/g) ?? [];
    const told = new Set([...String((await read()).body).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name));
    expect(asked.length).toBeGreaterThan(20);
    const unknown = asked.map((name) => name.replace(/_(?:bucket|count)$/, '')).filter((name) => !told.has(name));
    expect(unknown).toEqual([]);
  });

  it('are told to others with the token alone', async () => {
    const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
    expect(await read(elsewhere)).toMatchObject(problem(403, 'forbidden'));
    expect(await read({ forwarded: 'for=203.0.113.7' })).toMatchObject(problem(403, 'forbidden'));
    expect(await read({ ...elsewhere, authorization: 'Bearer wrong' })).toMatchObject(problem(403, 'forbidden'));
    expectStatus(200, await read({ ...elsewhere, authorization: `Bearer ${TOKEN}` }));
    expect(await api.anyone.get(`/metrics?token=${TOKEN}`, elsewhere)).toMatchObject(problem(403, 'forbidden'));
  });

  it('count requests by their route, never by what stands in the address', async () => {
    const customer = await api.given.customer();
    for (const id of [1_000_001, 1_000_002]) await customer.get(`/api/tickets/${id}`);
    await api.anyone.get('/api/nowhere/at-all');
    const answer = await read();
    const seen = 'parley_http_request_seconds_count{method="GET",route="/api/tickets/:ticketId",status="403"}';
    expect(figure(answer, seen)).toBe(2);
    expect(answer.body).not.toContain('1000001');
    expect(answer.body).not.toContain('nowhere');
  });

  it('measure how long a message takes until it is stored and told', async () => {
    const [customer, ticket] = [await api.given.customer(), await api.given.ticket()];
    expect(customer).toBeDefined();
    const agent = await api.given.agent();
    expectStatus(201, await agent.post(`/api/tickets/${ticket.id}/comments`, { text: 'Hello' }));
    const answer = await read();
    expect(figure(answer, 'parley_message_seconds_count{until="commit"}')).toBe(1);
    expect(figure(answer, 'parley_message_seconds_count{until="push"}')).toBe(1);
  });
});
