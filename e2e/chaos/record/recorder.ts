import type { WireAudience, WireTimelineEvent } from '@parley/socket-events';
import type {
  Acknowledged,
  AcknowledgedChange,
  Crash,
  Handed,
  Heard,
  HeardHead,
  Overheard,
  Probe,
  Refused,
  Silence,
} from '../checker/observations';

/** Writes down what happens while a round runs. Judges nothing. */
export class Recorder {
  readonly handed: Handed[] = [];
  readonly acknowledged: Acknowledged[] = [];
  readonly refused: Refused[] = [];
  readonly changed: AcknowledgedChange[] = [];
  readonly heard: Heard[] = [];
  readonly heads: HeardHead[] = [];
  readonly overheard: Overheard[] = [];
  readonly probes: Probe[] = [];
  readonly silences: Silence[] = [];
  readonly crashes: Crash[] = [];
  /** What was done to the world and when, for the report. */
  readonly timeline: string[] = [];
  readonly startedAt = Date.now();

  /** Milliseconds since the round began. */
  get now(): number {
    return Date.now() - this.startedAt;
  }

  note(what: string): void {
    this.timeline.push(`${(this.now / 1_000).toFixed(1).padStart(6)} s  ${what}`);
  }

  events(client: string, audience: WireAudience, events: readonly WireTimelineEvent[]): void {
    for (const { ticketId, seq, id, type } of events) this.heard.push({ client, audience, ticketId, seq, id, type });
  }
}
