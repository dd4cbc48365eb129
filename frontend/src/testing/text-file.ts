import type { TextFile } from '../app/shared/texts/text-file';

/** To tests an import of JSON is what stands in it: there is nothing to fetch. */
export async function readTextFile(content: unknown): Promise<TextFile> {
  return content as TextFile;
}
