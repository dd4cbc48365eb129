import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';

export interface Space {
  readonly free: number;
  readonly total: number;
}

/** Asks how many bytes the disk of a folder has. */
@Injectable()
export class DiskSpace {
  async of(folder: string): Promise<Space> {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  }
}
