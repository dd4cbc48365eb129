import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Operation {
  summary?: string;
  responses: Record<string, unknown>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { example?: unknown }> };
}

const document = JSON.parse(readFileSync(join(__dirname, '../../docs/api/openapi.json'), 'utf8')) as Document;

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
);

describe('the API document', () => {
  it.each(operations)('says in a line what $route does, and how it can fail', ({ operation }) => {
    expect(operation.summary).toBeTruthy();
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['503']));
  });

  it.each(Object.keys(document.components.schemas))('shows an example of %s', (name) => {
    expect(document.components.schemas[name]).toHaveProperty('example');
  });
});
