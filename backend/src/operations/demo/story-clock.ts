import { Clock } from '../../common';

/** Lets a story happen in the past: it stands still at the moment it was set to. */
export class StoryClock extends Clock {
  private moment: Date | undefined;

  now(): Date {
    return this.moment ?? new Date();
  }

  moveTo(moment: Date): void {
    this.moment = moment;
  }
}
