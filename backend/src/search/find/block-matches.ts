import { BLOCK_SIZE } from '../index/postings';

const BEGUN_BITS = 8;
const FIELDS = 255;

/** For one block of tickets: the fields in which each term stands, as a whole word and as one that only begins so. */
export class BlockMatches {
  private readonly terms: Uint16Array[] = [];
  private readonly driving = new Set<number>();

  constructor(readonly block: number) {}

  add(term: number, spot: number, fields: number, isWhole: boolean): void {
    const found = (this.terms[term] ??= new Uint16Array(BLOCK_SIZE));
    found[spot] |= isWhole ? fields : fields << BEGUN_BITS;
    if (term === 0) this.driving.add(spot);
  }

  /** The places of the first term, highest first. */
  spots(): number[] {
    return [...this.driving].sort((a, b) => b - a);
  }

  fieldsAt(term: number, spot: number): { whole: number; begun: number } {
    const found = this.terms[term]?.[spot] ?? 0;
    return { whole: found & FIELDS, begun: found >> BEGUN_BITS };
  }
}
