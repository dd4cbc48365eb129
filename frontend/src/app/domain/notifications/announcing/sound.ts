import { Injectable, inject } from '@angular/core';

import { BrowserStorage } from '../../../core/session/browser-storage';

const KEY = 'parley.sounded-at';
const PAUSE_MS = 10_000;
const LONGEST_WAKE_MS = 500;
const LOUDNESS = 0.12;
/** When each tone begins, in seconds, and how high it is. */
const TONES = [
  [0, 660],
  [0.14, 880],
] as const;
const TONE_SECONDS = 0.35;

/** Two soft tones, made here; at most once in ten seconds, over all tabs. */
@Injectable({ providedIn: 'root' })
export class Sound {
  private readonly storage = inject(BrowserStorage);

  async play(): Promise<void> {
    const last = Number(this.storage.read(KEY) ?? 0);
    if (Math.abs(Date.now() - last) < PAUSE_MS) return;
    this.storage.write(KEY, String(Date.now()));
    await this.playNow();
  }

  /** False when the browser forbids it: before the first click on a page there is no sound. */
  async playNow(): Promise<boolean> {
    if (!('AudioContext' in window)) return false;
    const context = new AudioContext();
    const isAwake = await awake(context);
    if (isAwake) for (const [after, pitch] of TONES) addTone(context, after, pitch);
    setTimeout(() => void context.close(), isAwake ? 1_000 : 0);
    return isAwake;
  }
}

async function awake(context: AudioContext): Promise<boolean> {
  const tooLong = new Promise((resolve) => setTimeout(resolve, LONGEST_WAKE_MS));
  if (context.state !== 'running') await Promise.race([context.resume(), tooLong]);
  return context.state === 'running';
}

function addTone(context: AudioContext, after: number, pitch: number): void {
  const start = context.currentTime + after;
  const tone = new OscillatorNode(context, { frequency: pitch });
  const loudness = new GainNode(context, { gain: 0 });
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
  tone.connect(loudness).connect(context.destination);
  tone.start(start);
  tone.stop(start + TONE_SECONDS);
}
