import { Injectable } from '@nestjs/common';
import type { ReceivedFile } from './file-receiver';

/** Looks for viruses in what was uploaded, before it is stored. */
export abstract class VirusScanner {
  /** Throws when something was found, and Unavailable when nobody could look. */
  abstract assertClean(file: ReceivedFile): Promise<void>;
}

/** Where no scanner is set up, nobody looks. */
@Injectable()
export class NoVirusScanner extends VirusScanner {
  async assertClean(): Promise<void> {
    return Promise.resolve();
  }
}
