import { API_DOCUMENT, CLIENT_TYPES, writeApiDocument, writeClientTypes } from '../lib/api-files.mjs';
import { at } from '../lib/checkout.mjs';
import { exitWith } from '../lib/failure.mjs';
import { prepare } from '../lib/prepare.mjs';

/** `npm run api:generate`: the OpenAPI document from the code, and the client's types from the document. */
export const run = () =>
  exitWith(async () => {
    await prepare(['backend']);
    await writeApiDocument(at(API_DOCUMENT));
    await writeClientTypes(at(API_DOCUMENT), at(CLIENT_TYPES));
    console.log(`Wrote ${API_DOCUMENT} and ${CLIENT_TYPES}.`);
    return 0;
  });
