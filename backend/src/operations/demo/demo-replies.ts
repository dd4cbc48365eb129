import type { DemoPersonKey } from './demo-people';

export interface DemoReply {
  readonly by: DemoPersonKey;
  readonly shared: boolean;
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly inReply: boolean;
  readonly inNote: boolean;
}

/** Texts that staff of a small help desk say every day. */
export const DEMO_REPLIES: readonly DemoReply[] = [
  {
    by: 'helen',
    shared: true,
    key: 'first-answer',
    title: 'First answer',
    body: 'Hello {{customer.firstName}},\n\nthank you for your message. I am looking into {{ticket.number}} now and will be back with you today.\n\n{{agent.firstName}}',
    inReply: true,
    inNote: false,
  },
  {
    by: 'helen',
    shared: true,
    key: 'screenshot',
    title: 'Ask for a screenshot',
    body: 'Could you send a screenshot of the whole window, {{customer.firstName}}? The address at the top and the exact words of the message help us most.',
    inReply: true,
    inNote: false,
  },
  {
    by: 'helen',
    shared: true,
    key: 'clear-cache',
    title: 'Empty the browser’s cache',
    body: 'Please open {{name of the browser}}, press Ctrl+Shift+Delete, choose “Cached images and files”, and confirm. Then sign in again. Does it work now?',
    inReply: true,
    inNote: false,
  },
  {
    by: 'helen',
    shared: true,
    key: 'invoice-copy',
    title: 'Copy of an invoice',
    body: 'Hello {{customer.name}},\n\nyou find every invoice under Account, Invoices. The one you ask for is number {{number of the invoice}}; I attach it here as well.\n\nKind regards\n{{agent.name}}',
    inReply: true,
    inNote: false,
  },
  {
    by: 'helen',
    shared: true,
    key: 'handover',
    title: 'Hand over to the next shift',
    body: 'Handover of {{ticket.number}}, “{{ticket.subject}}”\n- done: {{done}}\n- next: {{next step}}',
    inReply: false,
    inNote: true,
  },
  {
    by: 'marta',
    shared: false,
    key: 'goodbye',
    title: 'My goodbye',
    body: 'Glad that it works again! Just answer here if anything is left, {{customer.firstName}}.\n\nMarta',
    inReply: true,
    inNote: false,
  },
];
