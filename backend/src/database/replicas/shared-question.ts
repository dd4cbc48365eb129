/**
 * Asks once for everybody who wants to know the same. Whoever asks gets an answer to a question that was put after they
 * asked, never one that was under way already: it may be about what was before.
 */
export class SharedQuestion<Answer> {
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<Answer> | undefined;

  constructor(private readonly ask: () => Promise<Answer>) {}

  answer(): Promise<Answer> {
    this.next ??= this.afterRunning();
    return this.next;
  }

  private async afterRunning(): Promise<Answer> {
    await this.running;
    this.next = undefined;
    const answer = this.ask();
    this.running = answer.catch(() => undefined);
    return answer;
  }
}
