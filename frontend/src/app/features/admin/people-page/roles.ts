import { Role } from '../../../core/api/models';

export const ROLES: readonly Role[] = ['customer', 'agent', 'admin'];

export const ROLE_WORDS: Readonly<Record<Role, string>> = { customer: 'Customer', agent: 'Agent', admin: 'Admin' };

export const ROLE_HINTS: Readonly<Record<Role, string>> = {
  customer: 'Opens tickets and sees their own only.',
  agent: 'Answers all tickets and writes notes.',
  admin: 'As an agent, and manages people and settings.',
};

/** What somebody may do from then on, before their role is changed. */
export const ROLE_EFFECTS: Readonly<Record<Role, string>> = {
  customer: 'They see their own tickets only from then on, and no notes.',
  agent: 'They can read and answer all tickets, but manage nobody.',
  admin: 'They can do everything, also to you.',
};
