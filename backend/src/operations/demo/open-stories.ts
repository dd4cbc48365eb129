import { assign, chat, claim, comment, note, priority, read, release, status, tags, type Story } from './story';

/** What is going on: tickets that are worked on, and those that wait for somebody. */
export const OPEN_STORIES: readonly Story[] = [
  {
    hoursAgo: 74,
    requester: 'priya',
    subject: 'Export of all bookings for our accountant',
    description:
      'Our accountant would like all bookings of the first half of the year in one table: date, customer, class, price, tax. The export in the reports ends after one month.',
    category: 'General',
    priority: 'medium',
    steps: [
      claim('jonas', 64),
      chat(
        'jonas',
        8,
        'Hello Priya, the export takes one month at a time today. I can run the six months for you and put them together.',
      ),
      chat('priya', 21, 'That would help a lot. With the tax rate in a column of its own, please.'),
      note('jonas', 5, 'Third request this month. Worth proposing a free range of dates.'),
      tags('jonas', 1, 'export', 'idea'),
      read('priya', 200),
    ],
  },
  {
    hoursAgo: 52,
    requester: 'daniel',
    subject: 'Double bookings in room 2',
    description:
      'Twice this week two groups stood in front of room 2 at the same time. Both bookings are in the calendar. I thought the system prevents that?\n\nScreenshot of Tuesday is attached.',
    category: 'Technical',
    priority: 'high',
    files: ['calendar.png'],
    steps: [
      claim('marta', 17),
      chat('marta', 5, 'Hello Daniel, that must not happen. Were both booked online, or one of them at the desk?'),
      chat('daniel', 33, 'One online, one by me at the desk. In both cases.'),
      note(
        'marta',
        12,
        'Desk bookings can be forced over a full slot, and the warning is easy to miss. Asking design.',
      ),
      chat(
        'marta',
        9,
        'That explains it: at the desk a full slot can be booked after a warning. We will make that warning impossible to overlook.',
      ),
      chat('daniel', 41, 'I never saw a warning. Can it be switched off for us entirely?'),
      priority('marta', 3, 'urgent'),
      read('marta', 1),
      chat('daniel', 1_630, 'It happened again this morning. Is there any news?'),
    ],
  },
  {
    hoursAgo: 45,
    requester: 'chloe',
    subject: 'Gift cards: can they have an end date?',
    description:
      'We sell gift cards at the desk. By law ours are valid for three years. Can the system print that date on the card?',
    category: 'General',
    priority: 'low',
    steps: [
      claim('jonas', 95),
      comment(
        'jonas',
        14,
        'Hello Chloé, yes: *Products → Gift cards → Valid for*. The date is printed below the code from then on.',
      ),
      chat('chloe', 150, 'And the cards that are sold already?'),
      note(
        'jonas',
        20,
        'Old cards cannot be changed in the interface. Needs a script, ask Helen whether we offer that.',
      ),
      assign('jonas', 2, 'helen'),
      read('chloe', 10),
    ],
  },
  {
    hoursAgo: 27,
    requester: 'priya',
    subject: 'Card payments fail with “Error 4012”',
    description:
      'Since this morning nobody can pay by card. After “Pay now” a window with “Error 4012” opens. Cash and transfer work.\n\nWe have about 30 bookings a day, so this is rather urgent for us.',
    category: 'Technical',
    priority: 'urgent',
    files: ['error-dialog.png', 'settings.png'],
    steps: [
      claim('marta', 4),
      chat('marta', 2, 'Hello Priya, I am on it. Do you see the window with every card, or with some?'),
      chat('priya', 3, 'With all of them, I tried two of my own.'),
      note(
        'marta',
        6,
        'The provider rotated its certificate last night. All accounts in Portugal and Spain are affected, status page updated.',
      ),
      chat(
        'marta',
        4,
        'The payment provider changed something last night that affects studios in your country. They are working on it with us.',
      ),
      chat('priya', 12, 'Do you know how long? Then I would put a sign on the desk.'),
      chat('marta', 25, 'They say until noon. I will write as soon as it works again.'),
      comment('marta', 160, 'Payments by card work again since 11:40. Could you try one, please?'),
      tags('marta', 1, 'payments', 'incident'),
      chat(
        'priya',
        34,
        'The first three went through. What happens to the bookings of this morning that were not paid?',
      ),
      chat(
        'marta',
        7,
        'They stand as “unpaid” and your customers get a link to pay tomorrow at nine. Nothing is lost.',
      ),
      read('priya', 3),
      chat('priya', 1_100, 'Two of them say the link leads to an empty page.', 'phone.png'),
    ],
  },
  {
    hoursAgo: 21,
    requester: 'daniel',
    subject: 'Two-factor sign-in for the team',
    description:
      'Our insurance asks for two-factor sign-in for everybody who can see customer data. Is that possible, and from which plan on?',
    category: 'Account',
    priority: 'medium',
    steps: [
      claim('jonas', 80),
      note('jonas', 3, 'Sales question in the end. Back to the queue for Marta’s team.'),
      release('jonas', 1),
    ],
  },
  {
    hoursAgo: 8,
    requester: 'chloe',
    subject: 'Waiting list does not move up',
    description:
      'When somebody cancels a full class, the first person on the waiting list should get the place. Since yesterday that does not happen; I move people by hand.',
    category: 'Technical',
    priority: 'high',
    steps: [
      status('marta', 15, 'in_progress'),
      assign('marta', 1, 'marta'),
      chat('marta', 3, 'Hello Chloé, does it concern all classes or only those with a price?'),
      chat('chloe', 40, 'Only the free ones, now that you ask!'),
      note('marta', 10, 'Free classes skip the payment step since the last release, and the list waits for that step.'),
    ],
  },
  {
    hoursAgo: 3.4,
    requester: 'priya',
    subject: 'Please delete the account of a former teacher',
    description:
      'Ana Ferreira left our studio at the end of the month. Please remove her account; her classes should stay in the statistics.',
    category: 'Account',
    priority: 'low',
    steps: [],
  },
  {
    hoursAgo: 1.6,
    requester: 'daniel',
    subject: 'Numbers in the report and on the invoice differ',
    description:
      'The report of last month says 412 bookings, the invoice charges 418. Which one is right? I attach both pages.',
    category: 'Billing',
    priority: 'medium',
    files: ['report.png', 'invoice-2026-0417.pdf'],
    steps: [],
  },
  {
    hoursAgo: 0.4,
    requester: 'chloe',
    subject: 'Nobody can sign in at the desk',
    description:
      'All three of us get “Your session has ended” right after signing in at the desk computer. At home it works.\n\nThe first class starts at six, please help!',
    category: 'Technical',
    priority: 'urgent',
    files: ['error-dialog.png'],
    steps: [chat('chloe', 6, 'We tried another browser too, it is the same.')],
  },
];
