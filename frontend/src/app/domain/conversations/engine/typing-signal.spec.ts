import { FakeTimers } from '../testing/fake-timers';
import { TypingSignal } from './typing-signal';

describe('TypingSignal', () => {
  let timers: FakeTimers;
  let said: string[];
  let signal: TypingSignal;

  beforeEach(() => {
    timers = new FakeTimers();
    said = [];
    signal = new TypingSignal(timers, (active, kind) => said.push(`${active ? 'on' : 'off'} ${kind}`));
  });

  it('speaks at the first key and then at most every two seconds', async () => {
    signal.keyed('chat');
    await timers.pass(1_900);
    signal.keyed('chat');
    await timers.pass(200);
    signal.keyed('chat');
    expect(said).toEqual(['on chat', 'on chat']);
  });

  it('ends the sign once', () => {
    signal.keyed('chat');
    signal.stop();
    signal.stop();
    expect(said).toEqual(['on chat', 'off chat']);
  });

  it('ends the public sign before it begins that of a note', () => {
    signal.keyed('chat');
    signal.keyed('note');
    expect(said).toEqual(['on chat', 'off chat', 'on note']);
  });
});
