import { OLD_STORIES } from './old-stories';
import { OPEN_STORIES } from './open-stories';
import type { Story } from './story';

const STORIES = [...OLD_STORIES, ...OPEN_STORIES];
const minutesOf = ({ steps }: Story): number => steps.reduce((sum, { after }) => sum + after, 0);

describe('the stories of the demo', () => {
  it.each(STORIES.map((story) => [story.subject, story] as const))('“%s” is over by now', (_subject, story) => {
    expect(minutesOf(story)).toBeLessThanOrEqual(story.hoursAgo * 60);
  });

  it('show every priority', () => {
    const set = STORIES.flatMap(({ priority, steps }) => [
      priority,
      ...steps.flatMap((step) => (step.do === 'priority' ? [step.to] : [])),
    ]);
    expect(new Set(set)).toEqual(new Set(['low', 'medium', 'high', 'urgent']));
  });

  it('leave tickets in the queue, with an agent, resolved and closed', () => {
    const last = STORIES.map(({ steps }) =>
      steps.findLast((step) => ['claim', 'release', 'assign', 'status'].includes(step.do)),
    );
    const ends = last.map((step) => (step?.do === 'status' ? step.to : (step?.do ?? 'untouched')));
    expect(new Set(ends)).toEqual(new Set(['closed', 'resolved', 'claim', 'assign', 'release', 'untouched']));
  });

  it('let only staff write notes', () => {
    const authors = STORIES.flatMap(({ steps }) =>
      steps.flatMap((step) => (step.do === 'say' && step.kind === 'note' ? [step.by] : [])),
    );
    expect(new Set(authors)).toEqual(new Set(['marta', 'jonas']));
  });
});
