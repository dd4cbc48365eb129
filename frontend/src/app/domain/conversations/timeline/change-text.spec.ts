import type { WireTimelineEvent } from '@parley/socket-events';
import { ana, aStatusEvent, ben } from '../testing/builders';
import { ChangeEvent } from '../engine/timeline-log';
import { changeText } from './change-text';

const change = (type: string, from: unknown, to: unknown): ChangeEvent =>
  aStatusEvent(1, { type, data: { from, to } } as Partial<WireTimelineEvent>) as ChangeEvent;

describe('the words for changes', () => {
  it.each([
    [change('status.changed', 'open', 'in_progress'), 'Ana Agent changed the status to In progress'],
    [change('priority.changed', 'low', 'urgent'), 'Ana Agent changed the priority from Low to Urgent'],
    [change('assignee.changed', null, ana), 'Ana Agent took the ticket'],
    [change('assignee.changed', ana, ben), 'Ana Agent assigned the ticket to Ben Agent'],
    [change('assignee.changed', ana, null), 'Ana Agent put the ticket back in the queue'],
    [change('assignee.changed', ben, null), 'Ana Agent took the ticket off Ben Agent'],
    [change('category.changed', null, { id: 'c', name: 'Billing' }), 'Ana Agent moved the ticket to Billing'],
    [change('subject.changed', 'a', 'b'), 'Ana Agent changed the subject to “b”'],
    [change('needs-reply.changed', true, false), 'Ana Agent said that no reply is needed'],
    [change('tags.changed', ['old'], ['vpn', 'mac']), 'Ana Agent added the tags vpn, mac and removed the tag old'],
  ])('%#', (event, expected) => expect(changeText(event, { id: 'somebody', role: 'agent' })).toBe(expected));

  it('speaks to the reader', () => {
    expect(changeText(change('assignee.changed', null, ben), ben)).toBe('Ana Agent assigned the ticket to you');
    expect(changeText(change('status.changed', 'open', 'closed'), ana)).toBe('You changed the status to Closed');
  });

  it('uses plain words towards customers', () => {
    const customer = { id: 'cora', role: 'customer' } as const;
    const resolved = change('status.changed', 'in_progress', 'resolved');
    expect(changeText(resolved, customer)).toBe('Ana Agent changed the status to Solved');
    expect(changeText(change('assignee.changed', ana, null), customer)).not.toContain('queue');
  });
});
