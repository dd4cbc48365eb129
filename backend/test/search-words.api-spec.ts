import { expectStatus, testApi, type Person } from './support/api-client';

const api = testApi();

/** Each ticket has one text, so that the order of what is found is that of the field, and then the newest first. */
const CORPUS = {
  order: { subject: 'Bestellung AB-12/9 fehlt' },
  similar: { subject: 'Bestellung AB-12/8 fehlt' },
  serial: { description: 'Seriennummer SN-2024-0815-XZ, Gerät läuft mit v2.3.1.' },
  version: { description: 'Seit dem Update auf 2.3.10 startet das Gerät nicht.' },
  address: { description: 'Der Server 10.0.0.12 antwortet nicht, nur 10.0.0.1 tut es.' },
  mail: { description: 'Schreiben Sie an jörg.weiß@straßenbau.example, nicht an jorg@example.org.' },
  hyphen: { subject: 'E-Mail-Adresse ändern' },
  umlaut: { subject: 'Überweisung rückgängig machen' },
  sharp: { description: 'Die Fußmaße des Schreibtischs, außen gemessen.' },
  accents: { description: 'Résumé naïve façade, señor; Ångström und Dvořák.' },
  capital: { subject: 'GRÖSSE UND MASSE' },
  stop: { subject: 'Der Die Das' },
  quote: { description: 'Es heißt „Der Drucker druckt nicht“, und don’t panic.' },
  shuffled: { description: 'Nicht der Drucker, es druckt der Kollege.' },
  short: { subject: 'PC und TV an AG' },
  letters: { description: 'Plan B, Punkt 7, Größe M' },
  paths: { description: 'C:\\Programme\\Parley\\log.txt und /var/log/parley.log' },
  link: { description: 'Siehe https://example.com/hilfe?seite=3#kasse' },
  money: { description: 'Rechnung über 1.234,56 € vom 03.04.2025' },
  long: { description: 'Donaudampfschifffahrtsgesellschaft' },
} as const;
type Name = keyof typeof CORPUS;

let cora: Person;
const names = new Map<number, Name>();
beforeAll(async () => {
  cora = await api.given.customer();
  for (const [name, { subject = 'Etwas', description = '—' }] of Object.entries(CORPUS) as [
    Name,
    { subject?: string; description?: string },
  ][])
    names.set((await api.given.ticket({ by: cora, subject, description })).id as number, name);
}, 60_000);

async function find(q: string): Promise<(Name | undefined)[]> {
  const { body } = expectStatus(200, await cora.get(`/api/tickets?q=${encodeURIComponent(q)}&limit=100`));
  return (body as { id: number }[]).map(({ id }) => names.get(id));
}

describe('codes', () => {
  it.each<[string, Name[]]>([
    ['AB-12/9', ['order']],
    ['ab-12/9', ['order']],
    ['"AB-12/9"', ['order']],
    ['AB 12 9', ['order']],
    ['AB-12', ['similar', 'order']],
    ['AB-12/', ['similar', 'order']],
    ['"AB-12"', ['similar', 'order']],
    ['AB-13', []],
    ['"12/9 AB"', []],
    ['SN-2024-0815-XZ', ['serial']],
    ['sn 2024 08', ['serial']],
    ['0815-XZ', ['serial']],
    ['v2.3.1', ['serial']],
    ['2.3.10', ['version']],
    ['"2.3.10"', ['version']],
    ['10.0.0.12', ['address']],
    ['"10.0.0.1"', ['address']],
    ['1.234,56 €', ['money']],
    ['03.04.2025', ['money']],
    ['log.txt', ['paths']],
    ['C:\\Programme', ['paths']],
    ['/var/log/parley.log', ['paths']],
    ['https://example.com/hilfe', ['link']],
    ['seite=3', ['link']],
    ['example.com', ['link']],
  ])('%s finds %j', async (q, expected) => {
    expect(await find(q)).toEqual(expected);
  });
});

describe('German words', () => {
  it.each<[string, Name[]]>([
    ['Überweisung', ['umlaut']],
    ['uberweisung', ['umlaut']],
    ['UEBERWEISUNG', ['umlaut']],
    ['rueckgaengig', ['umlaut']],
    ['rückg', ['umlaut']],
    ['U\u0308berweisung', ['umlaut']],
    ['Fußmaße', ['sharp']],
    ['fussmasse', ['sharp']],
    ['FUSSMASSE', ['sharp']],
    ['aussen', ['sharp']],
    ['Größe', ['capital', 'letters']],
    ['grösse', ['capital', 'letters']],
    ['Masse', ['capital']],
    ['Maße', ['capital']],
    ['Gerät', ['version', 'serial']],
    ['geraet', ['version', 'serial']],
    ['gerate', []],
    ['E-Mail-Adresse', ['hyphen']],
    ['email adresse', []],
    ['e-mail', ['hyphen']],
    ['adresse e-mail', ['hyphen']],
    ['jörg.weiß@straßenbau.example', ['mail']],
    ['joerg.weiss', ['mail']],
    ['JORG@EXAMPLE.ORG', ['mail']],
    ['Donaudampf', ['long']],
    ['schifffahrt', []],
  ])('%s finds %j', async (q, expected) => {
    expect(await find(q)).toEqual(expected);
  });
});

describe('accents of other languages', () => {
  it.each<[string, Name[]]>([
    ['resume naive facade', ['accents']],
    ['RÉSUMÉ', ['accents']],
    ['senor', ['accents']],
    ['angstrom dvorak', ['accents']],
    ['Re\u0301sume\u0301', ['accents']],
  ])('%s finds %j', async (q, expected) => {
    expect(await find(q)).toEqual(expected);
  });
});

describe('stop words, short words and punctuation', () => {
  it.each<[string, Name[]]>([
    ['der Drucker', ['shuffled', 'quote']],
    ['der die das Drucker', ['shuffled', 'quote']],
    ['"Der Drucker druckt nicht"', ['quote']],
    ['"der Drucker"', ['shuffled', 'quote']],
    ['„der Drucker druckt“', ['quote']],
    ['"es druckt der Kollege"', ['shuffled']],
    ['"druckt es der Kollege"', []],
    ['don’t', ['quote']],
    ["don't", ['quote']],
    ['PC', ['short']],
    ['TV PC', ['short']],
    ['AG ', ['short']],
    ['Plan B', ['letters']],
    ['Punkt 7', ['letters']],
    ['Größe M', ['capital', 'letters']],
    ['Größe M ', ['letters']],
    ['Drucker?!', ['shuffled', 'quote']],
    ['...Drucker...', ['shuffled', 'quote']],
    ['Drucker --- druckt', ['shuffled', 'quote']],
    ['(Drucker or Kollege)', ['shuffled']],
    ['Bestellung, fehlt.', ['similar', 'order']],
  ])('%s finds %j', async (q, expected) => {
    expect(await find(q)).toEqual(expected);
  });

  it('a query of stop words alone finds what has all of them', async () => {
    expect((await find('der die das ')).at(0)).toBe('stop');
  });
});
