/** The forms in which every page is looked at. */
export const FORMS = [
  { name: 'desktop', viewport: { width: 1360, height: 860 }, colorScheme: 'light', density: 'auto' },
  { name: 'dark', viewport: { width: 1360, height: 860 }, colorScheme: 'dark', density: 'compact' },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light', density: 'auto', touch: true },
  { name: 'large-text', viewport: { width: 320, height: 700 }, colorScheme: 'light', density: 'auto', textScale: 2 },
];

/** States that look the same in all forms are kept in these two. */
const TWO = ['desktop', 'phone'];

/**
 * One picture: who looks, where, and what is done there before it is taken.
 *
 * @typedef {object} Screen
 * @property {string} name
 * @property {'visitor' | 'newcomer' | 'customer' | 'agent' | 'admin'} who
 * @property {string} path
 * @property {string[]} [forms]
 * @property {(page: import('@playwright/test').Page) => Promise<void>} [act]
 */

const timeline = (page) => page.getByRole('region', { name: 'Timeline' }).waitFor();

const firstTicket = async (page) => {
  await page.getByRole('main').getByRole('link', { name: /#\d+/ }).first().click();
  await timeline(page);
};

/** What must not go out: shows how the page looks when its data does not come. */
const withoutAnswer = async (page) => {
  await page.route('**/api/tickets?**', (route) => route.abort());
  await page.reload();
  await page.getByRole('button', { name: 'Retry' }).waitFor();
};

/** @type {Screen[]} */
export const SCREENS = [
  { name: 'sign-in', who: 'visitor', path: '/login' },
  {
    name: 'sign-in-refused',
    who: 'visitor',
    path: '/login',
    forms: TWO,
    act: async (page) => {
      await page.getByLabel('E-mail').fill('cora@example.com');
      await page.getByLabel('Password', { exact: true }).fill('not her password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('do not fit together').waitFor();
    },
  },
  { name: 'register', who: 'visitor', path: '/register' },
  { name: 'reset-password', who: 'visitor', path: '/reset-password', forms: TWO },
  { name: 'not-found', who: 'visitor', path: '/nowhere', forms: TWO },
  { name: 'customer-first-visit', who: 'newcomer', path: '/portal/tickets' },
  { name: 'customer-tickets', who: 'customer', path: '/portal/tickets' },
  { name: 'customer-nothing-matches', who: 'customer', path: '/portal/tickets?q=zeppelin', forms: TWO },
  { name: 'customer-not-loaded', who: 'customer', path: '/portal/tickets', forms: TWO, act: withoutAnswer },
  { name: 'customer-new-ticket', who: 'customer', path: '/portal/tickets/new' },
  { name: 'customer-ticket', who: 'customer', path: '/portal/tickets', act: firstTicket },
  { name: 'notifications', who: 'customer', path: '/notifications', forms: TWO },
  { name: 'agent-queue', who: 'agent', path: '/agent/tickets?view=queue' },
  { name: 'agent-ticket', who: 'agent', path: '/agent/tickets?view=all', act: firstTicket },
  {
    name: 'agent-note',
    who: 'agent',
    path: '/agent/tickets?view=all',
    act: async (page) => {
      await firstTicket(page);
      await page.getByRole('group', { name: 'Kind of message' }).getByText('Note').click();
      await page
        .getByRole('textbox', { name: 'Message' })
        .fill('The vendor knows this fault. Ask for the serial number.');
    },
  },
  { name: 'agent-nothing-matches', who: 'agent', path: '/agent/tickets?view=all&q=zeppelin', forms: TWO },
  { name: 'agent-not-loaded', who: 'agent', path: '/agent/tickets?view=all', forms: TWO, act: withoutAnswer },
  { name: 'agent-new-ticket', who: 'agent', path: '/agent/tickets/new' },
  { name: 'agent-notifications', who: 'agent', path: '/notifications', forms: TWO },
  { name: 'profile', who: 'agent', path: '/profile' },
  { name: 'admin-people', who: 'admin', path: '/admin/people' },
  { name: 'admin-categories', who: 'admin', path: '/admin/categories' },
  { name: 'admin-mails', who: 'admin', path: '/admin/mails' },
  { name: 'admin-audit', who: 'admin', path: '/admin/audit' },
  { name: 'admin-settings', who: 'admin', path: '/admin/settings' },
  { name: 'admin-self-test', who: 'admin', path: '/admin/self-test', forms: TWO },
];
