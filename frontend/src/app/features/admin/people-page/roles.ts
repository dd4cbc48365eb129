import { Role } from '../../../core/api/models';

export const ROLES: readonly Role[] = ['customer', 'agent', 'admin'];

export const ROLE_WORDS: Readonly<Record<Role, string>> = { customer: 'Customer', agent: 'Agent', admin: 'Admin' };
