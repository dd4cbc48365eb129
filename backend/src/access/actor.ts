export const ROLES = ['customer', 'agent', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Whoever acts: taken from a checked access token, with role and name as the database has them at this moment. */
export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** The sign-in the request came through; it ends with it. */
  readonly signInId: string;
}

export const isStaffRole = (role: Role): boolean => role !== 'customer';
export const isStaff = (actor: { readonly role: Role }): boolean => isStaffRole(actor.role);
