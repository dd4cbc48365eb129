import { Injectable } from '@nestjs/common';

/** The time of this node; tests move it. Leases take the database's time instead. */
export abstract class Clock {
  abstract now(): Date;
}

@Injectable()
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}
