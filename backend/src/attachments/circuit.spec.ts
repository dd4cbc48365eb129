import { Unavailable } from '../common';
import { Circuit } from './circuit';

describe('Circuit', () => {
  const away = new Error('away');
  const answers = (answer: unknown) => jest.fn(() => Promise.resolve(answer));
  const fails = (error = away) => jest.fn(() => Promise.reject(error));
  let now = 0;
  let circuit: Circuit;

  beforeEach(() => {
    now = 0;
    circuit = new Circuit(
      1_000,
      (error) => error === away,
      () => now,
    );
  });

  it('hands on what comes back', async () => {
    await expect(circuit.run(answers('here'))).resolves.toBe('here');
    expect(circuit.isOpen).toBe(false);
  });

  it('refuses without asking after a failure, until a while has passed', async () => {
    await expect(circuit.run(fails())).rejects.toBe(away);
    expect(circuit.isOpen).toBe(true);
    const job = answers('here');
    now = 999;
    await expect(circuit.run(job)).rejects.toBeInstanceOf(Unavailable);
    expect(job).not.toHaveBeenCalled();
    now = 1_000;
    await expect(circuit.run(job)).resolves.toBe('here');
    expect(circuit.isOpen).toBe(false);
  });

  it('lets one at a time try whether it is back', async () => {
    await expect(circuit.run(fails())).rejects.toBe(away);
    now = 1_000;
    const trial = circuit.run(() => new Promise((resolve) => setImmediate(() => resolve('here'))));
    await expect(circuit.run(answers('too'))).rejects.toBeInstanceOf(Unavailable);
    await expect(trial).resolves.toBe('here');
    await expect(circuit.run(answers('too'))).resolves.toBe('too');
  });

  it('waits anew when the trial fails', async () => {
    await expect(circuit.run(fails())).rejects.toBe(away);
    now = 1_000;
    await expect(circuit.run(fails())).rejects.toBe(away);
    now = 1_999;
    await expect(circuit.run(answers('here'))).rejects.toBeInstanceOf(Unavailable);
  });

  it('does not take other failures for being away', async () => {
    await expect(circuit.run(fails(new Error('no such file')))).rejects.toThrow('no such file');
    await expect(circuit.run(answers('here'))).resolves.toBe('here');
  });
});
